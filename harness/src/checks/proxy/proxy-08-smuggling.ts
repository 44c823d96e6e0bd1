import type { JournalEntry } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { openEdge } from '../../instruments/chromium/edge.ts'
import { isAccepted, statusText, type WireCall } from '../../instruments/http-exchange.ts'
import { rawRequest, sendRaw } from '../../instruments/raw-http.ts'
import type { Session } from '../../session.ts'
import { randomMarker } from '../../target/template.ts'
import { isSuccess } from '../shared/answers.ts'
import { inBatches } from '../shared/side-by-side.ts'
import {
  ambiguousMessages,
  bodiesOfReads,
  type AmbiguousMessage,
} from '../shared/ambiguous-messages.ts'

export const proxy08 = defineCheck({
  id: 'PROXY-08',
  title: 'A request of unclear length is refused, or one well-formed request goes upstream',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list', 'create'] },
  dependsOn: [],
  requirement: ['RFC9112 §6', 'ASVS5-4.2.1', 'T-118'],
  source: ['what follows the body of a request on a connection is the next request'],
  mutants: ['raw-socket-proxy', 'raw-socket-upload', 'body-of-read-is-next-request'],
  usualCauses: [
    'the framing headers of the browser go on with a body that was decoded meanwhile',
    'a lenient HTTP parser is switched on',
    'an upstream request is written to a socket by hand',
    'the body of a GET is left on the connection, where it is read as the next request',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const plain = `plain-${randomMarker(8)}`
    const before = await ctx.mark()
    const usual = await session.call('create', { values: { nonce: plain } })
    ctx.setup(isAccepted(usual), `create answered ${statusText(usual)}.`)
    ctx.witness(
      'create goes upstream with what the browser sent',
      (await ctx.journal(before)).api().some(({ requestBody }) => says(requestBody, plain)),
    )
    const create = (nonce: string) => renamed(usual.call, plain, nonce)
    const outers: Outer[] = [{ from: '', call: create, mayRepeat: false }]
    const upload = await uploadWith(ctx, session)
    if (upload) outers.push({ from: 'an upload with ', call: upload, mayRepeat: true })
    const ask = { base: usual.base, create }
    const asked = outers.flatMap((outer) =>
      ambiguousMessages.map((message) => ({ outer, message })),
    )
    const answered = await expectNothingSmuggled(ctx, ask, asked)
    const edge = await openEdge(ctx.site, (exchange) => {
      ctx.recorder.record(exchange)
    })
    try {
      const outer: Outer = { from: 'the edge and ', call: create, mayRepeat: false }
      const behindEdge = ambiguousMessages.map((message) => ({ outer, message }))
      await expectNothingSmuggled(ctx, { base: edge.address, create }, behindEdge)
    } finally {
      await edge.stop()
    }
    for (const route of ['list', 'preview'] as const)
      if (ctx.target.routes[route]) {
        const { call } = await session.call(route)
        const outer: Outer = { from: `${route} with `, call: () => call, mayRepeat: true }
        const reads = bodiesOfReads.map((message) => ({ outer, message }))
        await expectNothingSmuggled(ctx, ask, reads)
      }
    ctx.witness(`${answered} of ${asked.length} messages were answered`, answered > 0)
    const later = await session.call('list')
    ctx.aftermath.require('list afterwards', isSuccess(later), {
      expected: '2xx',
      got: statusText(later),
    })
  },
})

const AT_ONCE = 6

/** Where messages are sent, and how one that is smuggled is written. */
interface Way {
  base: string
  create: (mark: string) => WireCall
}

/** The request that a message begins with. */
interface Outer {
  from: string
  call: (mark: string) => WireCall
  /** What it does upstream may take several requests. */
  mayRepeat: boolean
}

interface Question {
  outer: Outer
  message: AmbiguousMessage
}

interface Asked extends Question {
  /** Texts that tell this message's requests from those of the others. */
  marks: { outer: string; smuggled: string }
  isAnswered: boolean
}

/** How many messages were answered. */
async function expectNothingSmuggled(
  ctx: CheckContext,
  way: Way,
  questions: readonly Question[],
): Promise<number> {
  const since = await ctx.mark()
  const first = await inBatches(questions, AT_ONCE, (question) => put(way, question))
  // One that waits for more bytes may keep a server with a single thread from answering the others.
  const alone = await inBatches(
    first.filter(({ isAnswered }) => !isAnswered),
    1,
    (question) => put(way, question),
  )
  await ctx.drain()
  const calls = (await ctx.journal(since)).api()
  for (const asked of [...first, ...alone]) judge(ctx, calls, asked)
  return [...first, ...alone].filter(({ isAnswered }) => isAnswered).length
}

async function put({ base, create }: Way, { outer, message }: Question): Promise<Asked> {
  const marks = { outer: `outer-${randomMarker(8)}`, smuggled: `inner-${randomMarker(8)}` }
  const text = message.write({
    outer: outer.call(marks.outer),
    again: rawRequest(create(marks.smuggled)),
    upstream: `GET /bffc-${marks.smuggled} HTTP/1.1\r\nHost: bffc\r\n\r\n`,
  })
  const { status } = await sendRaw(base, text)
  return { outer, message, marks, isAnswered: status > 0 }
}

function judge(ctx: CheckContext, calls: readonly JournalEntry[], asked: Asked): void {
  const { outer, message, marks } = asked
  const about = outer.from + message.about
  ctx.expect(
    `requests smuggled upstream by ${about}`,
    [],
    calls.filter((call) => isSmuggled(call, marks)).map(({ method, path }) => `${method} ${path}`),
  )
  const own = calls.filter(({ requestBody }) => says(requestBody, marks.outer))
  ctx.require(`upstream requests of ${about}`, outer.mayRepeat || own.length <= 1, {
    expected: 'at most 1',
    got: String(own.length),
  })
}

/** An upload that carries a mark, where there is one that works. */
async function uploadWith(
  ctx: CheckContext,
  session: Session,
): Promise<((mark: string) => WireCall) | undefined> {
  if (!ctx.target.routes.upload) return undefined
  const plain = `plain-${randomMarker(8)}`
  const { call } = await session.call('upload', { values: { bytes: plain } })
  return (mark) => renamed(call, plain, mark)
}

const says = ({ text }: JournalEntry['requestBody'], mark: string) => text?.includes(mark) ?? false

/** In a body that holds the outer request too it is content, however odd. */
const isSmuggled = (
  { path, requestBody }: JournalEntry,
  { outer, smuggled }: { outer: string; smuggled: string },
) => path.includes(smuggled) || (says(requestBody, smuggled) && !says(requestBody, outer))

/** The same request with another text of the same length in its body. */
function renamed(call: WireCall, from: string, to: string): WireCall {
  const text = call.body?.toString('latin1').replaceAll(from, to)
  return { ...call, ...(text === undefined ? {} : { body: Buffer.from(text, 'latin1') }) }
}
