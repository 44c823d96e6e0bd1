import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { isAccepted, statusText, type WireCall } from '../../instruments/http-exchange.ts'
import { rawRequest, sendRaw } from '../../instruments/raw-http.ts'
import { randomMarker } from '../../target/template.ts'
import { isSuccess } from '../shared/answers.ts'

const LARGE = 20 * 1024 * 1024
const HEADERS = 10_000
/** Together more than any server takes by default. */
const HEADER_LENGTH = 120
const DEPTH = 20_000
const QUICK_MS = 10_000

interface Excess {
  about: string
  expected: string
  request: string
  /** The answer is lost when the server closes while there is more to come. */
  mayClose?: boolean
  /** No standard has a status for it: an error that was caught is told in a note. */
  mayFail?: boolean
}

export const proxy13 = defineCheck({
  id: 'PROXY-13',
  title: 'Too large, too many, too deep is refused at once and goes nowhere',
  level: 'SHOULD',
  profiles: ['hardening'],
  needs: { routes: ['login', 'list', 'create'] },
  dependsOn: [],
  requirement: ['ASVS5-5.2.1', 'ASVS5-4.2.5'],
  source: [],
  mutants: ['no-body-limit', 'deep-json-breaks'],
  usualCauses: [
    'the body is read and passed on whatever its size',
    'a recursive function walks through what the browser sent',
    'the server takes headers without a limit',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const text = `usual-${randomMarker(8)}`
    const usual = await session.call('create', { values: { nonce: text } })
    ctx.setup(isAccepted(usual), `create answered ${statusText(usual)}.`)
    const list = await session.call('list')
    ctx.witness('list and create work', isSuccess(list))
    for (const { about, expected, request, mayClose, mayFail } of excesses(ctx, {
      usual: usual.call,
      text,
      list: list.call,
    })) {
      await ctx.drain()
      const since = await ctx.mark()
      const { status, isClosed } = await sendRaw(usual.base, request, QUICK_MS)
      await ctx.drain()
      ctx.expect(
        `upstream calls after ${about}`,
        [],
        (await ctx.journal(since, session.user)).data().map(({ operation }) => operation),
      )
      const isRefused = status >= 400 && status < 500
      ctx.require(
        `the answer to ${about}`,
        isRefused ||
          (mayClose === true && status === 0 && isClosed) ||
          (mayFail === true && status === 500),
        {
          expected: `${expected} within ${QUICK_MS} ms`,
          got: status === 0 ? 'none' : String(status),
        },
      )
      if (!isRefused && status > 0)
        ctx.note(
          `${about} is answered ${status}: an error that was caught, where 400 would say whose it is`,
        )
    }
    for (const instance of ctx.instances)
      ctx.expect(`how ${instance.label} ended`, undefined, instance.exited())
    const later = await session.call('list')
    ctx.aftermath.require('list afterwards', isSuccess(later), {
      expected: '2xx',
      got: statusText(later),
    })
  },
})

function excesses(
  { target }: CheckContext,
  { usual, text, list }: { usual: WireCall; text: string; list: WireCall },
): Excess[] {
  const body = usual.body?.toString('latin1') ?? ''
  const deep = '['.repeat(DEPTH) + ']'.repeat(DEPTH)
  const headers = Array.from(
    { length: HEADERS },
    (_, index) => `X-Bffc-${index}: ${'x'.repeat(HEADER_LENGTH)}\r\n`,
  )
  return [
    {
      about: 'a body of 20 MiB',
      expected: '413',
      mayClose: true,
      request: withBody(usual, body.replace(text, 'x'.repeat(LARGE))),
    },
    {
      about: `${HEADERS} headers`,
      expected: '431 or 400',
      mayClose: true,
      request: rawRequest(list, { lines: headers.join('') }),
    },
    ...(target.routes.create?.json === undefined
      ? []
      : [
          {
            about: `JSON ${DEPTH} levels deep`,
            expected: '400 or 413 (500 where the error was caught)',
            mayFail: true,
            request: withBody(usual, body.replace(`"${text}"`, deep)),
          },
        ]),
  ]
}

const withBody = (call: WireCall, body: string) =>
  rawRequest(call, {
    without: ['content-length'],
    lines: `Content-Length: ${body.length}\r\n`,
    body,
  })
