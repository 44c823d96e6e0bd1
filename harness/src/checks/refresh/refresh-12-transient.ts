import type { FaultEffect } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import type { ArmedFault, CheckContext, HeldGate } from '../../context.ts'
import { statusText, type Exchange, type OpenExchange } from '../../instruments/http-exchange.ts'
import { RENEW } from '../../instruments/journal-view.ts'
import { until } from '../../instruments/settle.ts'
import type { Session } from '../../session.ts'
import { isSuccess } from '../shared/answers.ts'
import { eachExpired } from '../shared/side-by-side.ts'

const KINDS: readonly { name: string; effect: FaultEffect; stalls?: boolean; also?: number }[] = [
  { name: '500', effect: { status: 500, message: 'Internal server error' } },
  {
    name: '502',
    effect: {
      status: 502,
      body: '<html><body>Bad Gateway</body></html>',
      headers: { 'Content-Type': 'text/html' },
    },
  },
  {
    name: '503',
    effect: { status: 503, body: 'Service Unavailable', headers: { 'Content-Type': 'text/plain' } },
  },
  { name: '429', effect: { status: 429, message: 'Too Many Requests' }, also: 429 },
  { name: 'a reset connection', effect: { socket: 'reset' } },
  { name: 'no answer', effect: { status: 503, message: 'late' }, stalls: true },
]

/** A target may wait a moment after a failure before it tries again. */
const RECOVERY_MS = 15_000

export const refresh12 = defineCheck({
  id: 'REFRESH-12',
  title: 'A renewal that fails for a moment does not log the user out',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['REFRESH-01'],
  requirement: ['ASVS5-16.5.2', 'T-26', 'T-27', 'T-28', 'T-29', 'T-30', 'T-31'],
  source: [],
  mutants: ['logout-on-transient'],
  usualCauses: [
    'every failed renewal is treated as the end of the session',
    'a time-out of the renewal is answered with 401',
    'the refresh token is removed from the vault before the renewal',
  ],
  async run(ctx) {
    // Side by side, so that a long time-out is waited for once.
    await eachExpired(ctx, KINDS, (session, kind) => survives(ctx, session, kind))
  },
})

async function survives(
  ctx: CheckContext,
  session: Session,
  kind: (typeof KINDS)[number],
): Promise<void> {
  const user = session.user.id
  const fault = await ctx.fault({ operation: RENEW, user, times: null, effect: kind.effect })
  const gate = kind.stalls ? await ctx.gate({ operation: RENEW, user, at: 'answer' }) : undefined
  const during = await answerDuring(
    ctx,
    await session.open('list', { deadlineMs: ctx.target.policy.deadline + 10_000 }),
    gate,
  )
  ctx.witness(`the renewal met ${kind.name}`, (await fault.hits()) > 0)
  const isOutage =
    during.failure === undefined && (during.status >= 500 || during.status === kind.also)
  ctx.require(`the client's answer while the renewal meets ${kind.name}`, isOutage, {
    expected: '5xx',
    got: statusText(during),
  })
  await recovers(ctx, session, { kind: kind.name, fault, gate })
}

/** A target without a time-out of its own is released after its declared deadline, as if the connection had been cut at last. */
async function answerDuring(
  ctx: CheckContext,
  open: OpenExchange,
  gate: HeldGate | undefined,
): Promise<Exchange> {
  if (gate && !(await until(ctx.target.policy.deadline, () => open.isDone()))) {
    ctx.note(
      `no answer within ${ctx.target.policy.deadline} ms while the renewal hung; it was let go then`,
    )
    await gate.release()
  }
  return open.done
}

interface Recovery {
  kind: string
  fault: ArmedFault
  gate: HeldGate | undefined
}

async function recovers(
  ctx: CheckContext,
  session: Session,
  { kind, fault, gate }: Recovery,
): Promise<void> {
  await fault.remove()
  await gate?.release()
  const since = await ctx.mark()
  let answer: Exchange | undefined
  await until(
    RECOVERY_MS,
    async () => (answer = await session.call('list')).status < 500 && answer.status !== 429,
    250,
  )
  ctx.require(`the same cookie after ${kind} is over`, answer !== undefined && isSuccess(answer), {
    expected: '2xx',
    got: answer ? statusText(answer) : 'none',
  })
  const view = await ctx.journal(since, session.user)
  ctx.expect(`renewals granted after ${kind} is over`, 1, view.renewed().length)
  ctx.expect('spent refresh tokens presented', 0, await ctx.reuses(session.user))
}
