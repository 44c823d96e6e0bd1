import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText, type OpenExchange } from '../../instruments/http-exchange.ts'
import { journalMark, RENEW } from '../../instruments/journal-view.ts'
import { steady, until } from '../../instruments/settle.ts'
import type { Session } from '../../session.ts'
import { tally } from '../shared/answers.ts'

/** What lives longer is a session, not a lock. */
const LONGEST_LOCK_MS = 120_000
const CALLS = 6
/** Its owner, and one who took the lock anew. */
const MOST = 2
/** Whoever finds the lock gone takes it within this time; most look every few dozen milliseconds. */
const LOOK_MS = 1500

export const resil08 = defineCheck({
  id: 'RESIL-08',
  title: 'When the lock of a renewal is evicted, at most one other renews beside it',
  level: 'INFO',
  profiles: ['cluster'],
  needs: { routes: ['login', 'list'], redis: true },
  dependsOn: ['REFRESH-04'],
  requirement: ['limits of locks in Redis: an evicted key excludes nobody'],
  source: ['Conduit spends the refresh token before it answers'],
  mutants: ['lock-gone-means-go'],
  usualCauses: [
    'who waits for the lock goes on without it once it is gone',
    'the lock is looked at and taken by two commands',
  ],
  async run(ctx) {
    const { lives, evict } = ctx.vault
    if (!lives || !evict) return ctx.skip('the vault is not in a Redis that the harness started')
    const session = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
    const [since, before] = [await ctx.mark(), await lives()]
    const gate = await ctx.gate({ operation: RENEW, user: session.user.id, at: 'answer' })
    const open = [await session.open('list', { instance: 0 })]
    ctx.witness('a renewal is held', await gate.waiting(1, 8000))
    const locks = [...(await lives())].flatMap(([key, life]) =>
      !before.has(key) && life !== undefined && life <= LONGEST_LOCK_MS ? [key] : [],
    )
    if (locks.length === 0)
      ctx.skip('no key that would go by itself came to the vault with the renewal')
    open.push(...(await waiting(ctx, session)))
    await evict(locks)
    ctx.witness(`the lock was evicted (keys: ${locks.length})`, true)
    await until(LOOK_MS, async () => (await gate.now()) > MOST)
    await gate.release()
    const answers = await Promise.all(open.map(({ done }) => done))
    await ctx.drain()
    const renews = (await ctx.journal(since, session.user)).renews()
    const first = renews[0]?.token?.generation
    const presented = renews.filter(({ token }) => token?.generation === first).length
    const later = await session.call('list')
    ctx.note(`the refresh token was presented ${presented} times`)
    ctx.note(`calls meanwhile: ${tally(answers)}; afterwards: ${statusText(later)}`)
    ctx.require('presentations of one refresh token', presented <= MOST, {
      expected: 'at most 2: its owner, and one who took the lock anew',
      got: String(presented),
    })
  },
})

/** Calls on every instance that wait for the renewal under way. */
async function waiting(ctx: CheckContext, session: Session): Promise<OpenExchange[]> {
  const opened = await Promise.all(
    Array.from({ length: CALLS }, (_, call) =>
      session.open('list', { instance: call % ctx.instances.length }),
    ),
  )
  await Promise.all(opened.map(({ sent }) => sent))
  await steady(() => journalMark(ctx.backend.control), { forMs: 400, maxMs: 4000 })
  return opened
}
