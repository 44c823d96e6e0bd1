import type { JournalEntry } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import type { CheckContext, HeldGate } from '../../context.ts'
import { statusText, type Exchange, type OpenExchange } from '../../instruments/http-exchange.ts'
import { journalMark, RENEW } from '../../instruments/journal-view.ts'
import { steady, until } from '../../instruments/settle.ts'
import type { Session } from '../../session.ts'
import { isSignedOut, isSuccess, tally } from '../shared/answers.ts'
import { holdPastLock } from '../shared/hold-past-lock.ts'
import { mostAtOnce, wasGivenUp } from '../shared/renewals-at-once.ts'

const CALLS_EACH = 2

export const refresh17 = defineCheck({
  id: 'REFRESH-17',
  title: 'A renewal that outlasts its lock is not joined by a second one',
  level: 'MUST',
  profiles: ['cluster'],
  needs: { routes: ['login', 'list'], instances: 2, redis: true },
  dependsOn: ['REFRESH-05'],
  requirement: ['T-50', 'T-51'],
  source: ['a refresh token works once: the second renew of it answers 400'],
  mutants: ['lock-del-not-owned'],
  usualCauses: [
    'the lock has a fixed life that is shorter than the longest renewal, and is not prolonged',
    'the lock is deleted without a look at whose it is by now',
    'callers wait for a renewal without an end',
  ],
  async run(ctx) {
    const { lives } = ctx.vault
    if (!lives) return ctx.skip('the vault is not in a Redis that the harness started')
    const session = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
    const before = await lives()
    const since = await ctx.mark()
    const gate = await ctx.gate({ operation: RENEW, user: session.user.id, at: 'answer' })
    const first = await session.open('list')
    ctx.witness('a renewal is held', await gate.waiting(1, 8000))
    const early = await callEverywhere(ctx, session)
    const how = await holdPastLock({ lives, before, isHeld: async () => (await gate.now()) > 0 })
    ctx.witness(`the renewal was held until ${how}`, true)
    const late = await callEverywhere(ctx, session)
    const answers = await released(ctx, gate, [first, ...early, ...late])
    const renews = (await ctx.journal(since, session.user)).renews()
    ctx.expect('renewals under way at one moment', 1, mostAtOnce(renews))
    ctx.require('answers to the calls meanwhile', answers.every(isAnswer), {
      expected: '2xx, or 5xx to come again, or 401 when the session was lost, each in time',
      got: tally(answers),
    })
    await endsWell(ctx, session, renews)
  },
})

async function callEverywhere(ctx: CheckContext, session: Session): Promise<OpenExchange[]> {
  const opened = await Promise.all(
    ctx.instances.flatMap((_, instance) =>
      Array.from({ length: CALLS_EACH }, () => session.open('list', { instance })),
    ),
  )
  await Promise.all(opened.map((each) => each.sent))
  await steady(() => journalMark(ctx.backend.control), { forMs: 400, maxMs: 4000 })
  return opened
}

async function released(
  ctx: CheckContext,
  gate: HeldGate,
  opened: readonly OpenExchange[],
): Promise<Exchange[]> {
  await gate.release()
  const answers = await Promise.all(opened.map((each) => each.done))
  await ctx.drain()
  return answers
}

const isAnswer = (answer: Exchange) =>
  isSuccess(answer) || isSignedOut(answer) || (answer.failure === undefined && answer.status >= 500)

/** All instances agree: the session goes on with the newest tokens, or, when its sender gave the renewal up, may be lost. */
async function endsWell(
  ctx: CheckContext,
  session: Session,
  renews: readonly JournalEntry[],
): Promise<void> {
  const isGivenUp = wasGivenUp(renews)
  const since = await ctx.mark()
  const ends: string[] = []
  for (const [instance] of ctx.instances.entries()) {
    let answer = await session.call('list', { instance })
    await until(5000, async () => {
      if (answer.status >= 500) answer = await session.call('list', { instance })
      return answer.status < 500
    })
    ends.push(isSuccess(answer) ? 'goes on' : statusText(answer))
  }
  await ctx.drain()
  const isLost = isGivenUp && ends.every((end) => end === '401')
  ctx.expect(
    'the session afterwards, on each instance',
    isLost ? ends : ends.map(() => 'goes on'),
    ends,
  )
  if (isGivenUp) return
  ctx.expect('renewals in all', 1, renews.length)
  ctx.expect('spent refresh tokens presented', 0, await ctx.reuses(session.user))
  const late = (await ctx.journal(since, session.user)).renews().length
  ctx.aftermath.expect('late renewals', 0, late)
}
