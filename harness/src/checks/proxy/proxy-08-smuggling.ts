import type { JournalEntry } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import { isAccepted, statusText, type WireCall } from '../../instruments/http-exchange.ts'
import { rawRequest, sendRaw } from '../../instruments/raw-http.ts'
import { randomMarker } from '../../target/template.ts'
import { isSuccess } from '../shared/answers.ts'
import { ambiguousMessages } from '../shared/ambiguous-messages.ts'

export const proxy08 = defineCheck({
  id: 'PROXY-08',
  title: 'A request of unclear length is refused, or one well-formed request goes upstream',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list', 'create'] },
  dependsOn: [],
  requirement: ['RFC9112 §6', 'ASVS5-4.2.1', 'T-118'],
  source: ['what follows the body of a request on a connection is the next request'],
  mutants: ['raw-socket-proxy'],
  usualCauses: [
    'the framing headers of the browser go on with a body that was decoded meanwhile',
    'a lenient HTTP parser is switched on',
    'an upstream request is written to a socket by hand',
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
    let answered = 0
    for (const { about, write } of ambiguousMessages) {
      const marks = { outer: `outer-${randomMarker(8)}`, smuggled: `inner-${randomMarker(8)}` }
      const create = (nonce: string) => renamed(usual.call, plain, nonce)
      const since = await ctx.mark()
      const answer = await sendRaw(
        usual.base,
        write({
          outer: create(marks.outer),
          again: rawRequest(create(marks.smuggled)),
          upstream: `GET /bffc-${marks.smuggled} HTTP/1.1\r\nHost: bffc\r\n\r\n`,
        }),
      )
      if (answer.status > 0) answered += 1
      await ctx.drain()
      const calls = (await ctx.journal(since)).api()
      ctx.expect(
        `requests smuggled upstream by ${about}`,
        [],
        calls
          .filter((call) => isSmuggled(call, marks))
          .map(({ method, path }) => `${method} ${path}`),
      )
      const own = calls.filter(({ requestBody }) => says(requestBody, marks.outer))
      ctx.require(`upstream requests of ${about}`, own.length <= 1, {
        expected: 'at most 1',
        got: String(own.length),
      })
    }
    ctx.witness(`${answered} of ${ambiguousMessages.length} messages were answered`, answered > 0)
    const later = await session.call('list')
    ctx.aftermath.require('list afterwards', isSuccess(later), {
      expected: '2xx',
      got: statusText(later),
    })
  },
})

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
