import type { JournalEntry } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { headersNamed, statusText, type Exchange } from '../../instruments/http-exchange.ts'
import { RENEW } from '../../instruments/journal-view.ts'
import { until } from '../../instruments/settle.ts'
import type { Session } from '../../session.ts'
import { isSignedOut, isSuccess } from '../shared/answers.ts'
import { eachExpired } from '../shared/side-by-side.ts'

const UNUSABLE = [
  { name: 'no refreshToken', body: '{"accessToken":"bm90.YS10.b2tlbg"}' },
  { name: 'no accessToken', body: '{"refreshToken":"bm90LWEtdG9rZW4"}' },
  { name: 'an empty body', body: '' },
  { name: 'null', body: 'null' },
  { name: 'a JSON that is cut off', body: '{"accessToken":"bm90.YS10.b2tlbg","refr' },
  { name: 'a page of HTML', body: '<!doctype html><title>Welcome</title>', type: 'text/html' },
]

const RECOVERY_MS = 20_000
const BEARER = /^\s*Bearer\b\s*(.*?)\s*$/i
/** A word such as undefined, None or <nil>, or how a language writes an object, is shorter or has other characters. Source: RFC 6750 section 2.1. */
const TOKEN = /^[\w.~+/=-]{15,}$/

export const refresh19 = defineCheck({
  id: 'REFRESH-19',
  title: 'A renewal that answers no usable pair is never saved by half',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['REFRESH-01'],
  requirement: ['robustness', 'I6'],
  source: ['POST /authentication/renew answers accessToken and refreshToken, nothing else'],
  mutants: ['stores-undefined', 'stores-none'],
  usualCauses: [
    'the answer of the renewal is not checked before it is saved',
    'a missing token is sent as the word "undefined"',
    'an answer that is not JSON is an exception that nobody handles',
  ],
  async run(ctx) {
    await eachExpired(ctx, UNUSABLE, (session, answer) => isRefused(ctx, session, answer))
  },
})

async function isRefused(
  ctx: CheckContext,
  session: Session,
  { name, body, type = 'application/json' }: (typeof UNUSABLE)[number],
): Promise<void> {
  const since = await ctx.mark()
  const fault = await ctx.fault({
    operation: RENEW,
    user: session.user.id,
    times: null,
    effect: { status: 200, body, headers: { 'Content-Type': type } },
  })
  const during = await session.call('list')
  ctx.witness(`the renewal answered ${name}`, (await fault.hits()) > 0)
  ctx.require(`the client's answer after ${name}`, isRefusal(during), {
    expected: '5xx or 401',
    got: statusText(during),
  })
  await fault.remove()
  let later: Exchange = during
  await until(RECOVERY_MS, async () => (later = await session.call('list')).status < 500, 250)
  ctx.require(`the session later on, after ${name}`, isSuccess(later) || isSignedOut(later), {
    expected: '2xx with the old pair, or 401 and the end',
    got: statusText(later),
  })
  const again = await session.call('list')
  await ctx.drain()
  ctx.expect(
    `the session once more, after ${name}`,
    isSuccess(later) ? 'goes on' : 'is over',
    isSuccess(again) ? 'goes on' : isSignedOut(again) ? 'is over' : statusText(again),
  )
  // Without a token there is no user: every call of the time is looked at.
  const strange = (await ctx.journal(since)).api().filter(carriesNoToken)
  ctx.expect(
    `calls that carry a word in the place of a token, after ${name}`,
    [],
    strange.map((entry) => `${entry.operation} ${authorization(entry).join()}`),
  )
}

const isRefusal = (answer: Exchange) =>
  isSignedOut(answer) || (answer.failure === undefined && answer.status >= 500)

const authorization = (entry: JournalEntry) => headersNamed(entry.requestHeaders, 'authorization')

const carriesNoToken = (entry: JournalEntry) =>
  authorization(entry).some((value) => {
    const token = BEARER.exec(value)?.[1]
    return token !== undefined && !TOKEN.test(token)
  })
