import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { headerOf, statusText, type Exchange } from '../../instruments/http-exchange.ts'
import { RENEW } from '../../instruments/journal-view.ts'
import { until } from '../../instruments/settle.ts'
import type { Session } from '../../session.ts'
import { isSuccess } from '../shared/answers.ts'
import { besideList, troubledCall } from '../shared/troubled-call.ts'
import { upstreamOf } from '../shared/upstream-of.ts'

const RETRY_AFTER = '7'
const RECOVERY_MS = 20_000

export const resil11 = defineCheck({
  id: 'RESIL-11',
  title: 'A backend that asks for patience is not asked again at once, and nobody is signed out',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['REFRESH-01'],
  requirement: ['T-30'],
  source: ['Conduit answers 429 with Retry-After beyond its rate limits'],
  mutants: ['429-retry-loop', '429-of-preview-signs-out'],
  usualCauses: [
    'a retry library repeats a 429 without a look at Retry-After',
    'a renewal that is refused for now ends the session',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const operations = await upstreamOf(ctx, session, 'list')
    await askedForPatience(ctx, session, { operations, what: 'a list' })
    const stale = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
    await askedForPatience(ctx, stale, { operations: [RENEW], what: 'a renewal' })
    await besideList(ctx, async (call, owner) => {
      const headers = { 'Retry-After': RETRY_AFTER }
      const effect = { status: 429, message: 'Too many requests', headers }
      const met = await troubledCall(ctx, owner, call, effect)
      if (!met) return
      ctx.require(`attempts of ${call.about} that meets 429`, met.attempts <= 2, {
        expected: 'at most 2',
        got: String(met.attempts),
      })
      const after = await owner.call('list')
      ctx.require(`the same session after the 429 of ${call.about}`, isSuccess(after), {
        expected: '2xx',
        got: statusText(after),
      })
    })
  },
})

async function askedForPatience(
  ctx: CheckContext,
  session: Session,
  { operations, what }: { operations: readonly string[]; what: string },
): Promise<void> {
  const faults = []
  for (const operation of operations)
    faults.push(
      await ctx.fault({
        operation,
        user: session.user.id,
        times: null,
        effect: {
          status: 429,
          message: 'Too many requests',
          headers: { 'Retry-After': RETRY_AFTER },
        },
      }),
    )
  const since = await ctx.mark()
  const answer = await session.call('list')
  await ctx.drain()
  const met = (await ctx.journal(since, session.user))
    .api()
    .filter((entry) => entry.status === 429 && operations.includes(entry.operation))
  ctx.witness(`${what} met 429`, met.length > 0)
  const most = Math.max(
    ...met.map(({ operation }) => met.filter((each) => each.operation === operation).length),
  )
  ctx.require(`attempts of ${what} that meets 429`, most <= 2, {
    expected: 'at most 2',
    got: String(most),
  })
  ctx.require(`the answer when ${what} meets 429`, isPatient(answer), {
    expected: '429 or 503',
    got: statusText(answer),
  })
  if (answer.status === 429 && headerOf(answer.headers, 'retry-after') === undefined)
    ctx.note('Retry-After of the backend is not handed on')
  for (const fault of faults) await fault.remove()
  let later: Exchange = answer
  await until(
    RECOVERY_MS,
    async () => {
      later = await session.call('list')
      return later.status < 500 && later.status !== 429
    },
    250,
  )
  ctx.require(`the same session after the 429 of ${what}`, isSuccess(later), {
    expected: '2xx',
    got: statusText(later),
  })
}

const isPatient = ({ failure, status }: Exchange) =>
  failure === undefined && (status === 429 || status >= 500)
