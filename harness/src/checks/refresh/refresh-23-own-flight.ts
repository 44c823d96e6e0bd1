import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { createCookieJar } from '../../instruments/cookie-jar.ts'
import { RENEW } from '../../instruments/journal-view.ts'
import { until } from '../../instruments/settle.ts'
import type { Session } from '../../session.ts'
import { isSuccess, tally } from '../shared/answers.ts'
import { withSeveralSessions } from '../shared/several-sessions.ts'

const CALLS = 5
/** A user must not wait longer for a renewal that is another's. */
const PROMPT_MS = 2000
const PATIENCE_MS = 10_000

export const refresh23 = defineCheck({
  id: 'REFRESH-23',
  title: 'The renewal of one user is not in the way of another',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['VAULT-05', 'REFRESH-01'],
  requirement: ['T-56'],
  source: ['POST /authentication/renew may be slow'],
  mutants: ['global-refresh-mutex', 'flight-named-by-user'],
  usualCauses: [
    'one lock, or one promise, for all sessions',
    'the name of the lock does not hold the session',
    'the promise that callers share is named by the user, who may have several sessions',
  ],
  async run(ctx) {
    const mode = ctx.discovery.expiry[0] ?? 'decree'
    const one = await ctx.expired(mode)
    const other = await ctx.expired(mode)
    const since = await ctx.mark()
    const gate = await ctx.gate({ operation: RENEW, user: one.user.id, at: 'answer' })
    const held = await one.open('list')
    ctx.witness('the renewal of the first user is held', await gate.waiting(1, 8000))
    const begun = performance.now()
    const over = ctx.instances.length
    const opened = await Promise.all(
      Array.from({ length: CALLS * over }, (_, index) =>
        other.open('list', { instance: index % over }),
      ),
    )
    await until(PATIENCE_MS, () => opened.every((each) => each.isDone()))
    const inTime =
      opened.every((each) => each.isDone()) &&
      (!held.isDone() || performance.now() - begun < PROMPT_MS)
    await gate.release()
    const answers = await Promise.all(opened.map((each) => each.done))
    const first = await held.done
    ctx.require("the second user's answers", inTime && answers.every(isSuccess), {
      expected: `2xx ×${answers.length} while the first user's renewal is held`,
      got: inTime ? tally(answers) : `${tally(answers)}, not before the first user's renewal ended`,
    })
    await ctx.drain()
    for (const [who, session] of [
      ['first', one],
      ['second', other],
    ] as const) {
      const view = await ctx.journal(since, session.user)
      ctx.expect(`renewals of the ${who} user`, 1, view.renews().length)
      await usesOwnTokens(ctx, session, who)
    }
    ctx.require("the first user's answer", isSuccess(first), {
      expected: '2xx when the renewal is let go',
      got: tally([first]),
    })
    if (ctx.discovery.expiry.includes('decree'))
      await withSeveralSessions(ctx, () => twoSessionsOfOneUser(ctx))
  },
})

/** Two browsers of one user renew at one moment: two renewals, and each goes on with tokens of its own login. */
async function twoSessionsOfOneUser(ctx: CheckContext): Promise<void> {
  const one = await ctx.signedIn()
  const other = one.withJar(createCookieJar())
  await ctx.signIn(other)
  const logins = [await loginOf(ctx, one), await loginOf(ctx, other)]
  if (logins.includes(undefined) || logins[0] === logins[1]) {
    ctx.note(
      'a user has one session, or one pair of tokens for all: the second login ended the first',
    )
    return
  }
  await ctx.expire(one.user)
  const since = await ctx.mark()
  const gate = await ctx.gate({ operation: RENEW, user: one.user.id, at: 'request' })
  const opened = [await one.open('list'), await other.open('list')]
  // One may wait for the other: then only one is at the gate.
  await gate.waiting(2, PROMPT_MS)
  await gate.release()
  const answers = await Promise.all(opened.map((each) => each.done))
  await ctx.drain()
  const renews = (await ctx.journal(since, one.user)).renews()
  ctx.require('answers to two sessions of one user', answers.every(isSuccess), {
    expected: '2xx ×2',
    got: tally(answers),
  })
  ctx.expect('renewals of two sessions of one user', 2, renews.length)
  ctx.expect('logins that two sessions of one user go on with', logins, [
    await loginOf(ctx, one),
    await loginOf(ctx, other),
  ])
}

/** The backend's number of the login whose tokens a session acts with; undefined when it does not act. */
async function loginOf(ctx: CheckContext, session: Session): Promise<number | undefined> {
  const since = await ctx.mark()
  const answer = await session.call('list')
  if (!isSuccess(answer)) return undefined
  return (await ctx.journal(since, session.user)).data().at(-1)?.token?.session
}

/** What a session sends after both renewals must be its own. */
async function usesOwnTokens(ctx: CheckContext, session: Session, who: string): Promise<void> {
  const since = await ctx.mark()
  for (const [instance] of ctx.instances.entries()) await session.call('list', { instance })
  await ctx.drain()
  const owners = (await ctx.journal(since)).data().map(({ token }) => token?.userId ?? 'nobody')
  ctx.witness(`the ${who} user's later calls reach the backend`, owners.length > 0)
  ctx.expect(
    `owners of the tokens in the ${who} user's later calls`,
    ['its own'],
    [...new Set(owners.map((owner) => (owner === session.user.id ? 'its own' : owner)))],
  )
  ctx.expect(`spent refresh tokens of the ${who} user`, 0, await ctx.reuses(session.user))
}
