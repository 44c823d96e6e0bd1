import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText, type Exchange } from '../../instruments/http-exchange.ts'
import { journalMark, RENEW } from '../../instruments/journal-view.ts'
import { steady, until } from '../../instruments/settle.ts'
import { isSuccess, tally } from '../shared/answers.ts'
import { mostAtOnce, wasGivenUp } from '../shared/renewals-at-once.ts'

const CALLS = 12
/** The second is for targets that give a command up sooner: they never come as far as a renewal. */
const LATENCIES_MS = [2000, 400]
const RECOVERY_MS = 20_000

export const resil06 = defineCheck({
  id: 'RESIL-06',
  title: 'A slow vault does not make two renewals of one',
  level: 'MUST',
  profiles: ['vault', 'cluster'],
  needs: { routes: ['login', 'list'], instances: 2, redis: true },
  dependsOn: ['REFRESH-05'],
  requirement: ['T-17'],
  source: ['a refresh token works once: the second renew of it answers 400'],
  mutants: ['lock-timeout-then-proceed'],
  usualCauses: [
    'a lock that is not answered in time counts as taken',
    'whoever has waited long enough goes on without the lock',
  ],
  async run(ctx) {
    if (ctx.vault.proxies.length === 0)
      ctx.skip('the way to the vault is not in the hands of the harness')
    for (const latency of LATENCIES_MS) if (await stampedeAt(ctx, latency)) return
    ctx.witness('a renewal while the vault was slow', false)
  },
})

/** False when no call came as far as a renewal. */
async function stampedeAt(ctx: CheckContext, latency: number): Promise<boolean> {
  const session = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
  const user = session.user.id
  const over = ctx.instances.length
  await ctx.drain()
  const since = await ctx.mark()
  const refused = await ctx.gate({ operation: '*', user, status: 401, at: 'answer' })
  const renewal = await ctx.gate({ operation: RENEW, user, at: 'request' })
  for (const proxy of ctx.vault.proxies) await proxy.delay(latency)
  try {
    const opened = await Promise.all(
      Array.from({ length: CALLS }, (_, index) => session.open('list', { instance: index % over })),
    )
    const arrivals = () => journalMark(ctx.backend.control)
    await until(latency * 2 + 3000, async () => (await refused.now()) >= CALLS)
    await refused.release()
    const isRenewing = await renewal.waiting(1, latency * 4 + 2000)
    // Whoever goes on without the lock does so within a few commands from now.
    if (isRenewing) await steady(arrivals, { forMs: latency * 3, maxMs: latency * 6 })
    await renewal.release()
    const answers = await Promise.all(opened.map((each) => each.done))
    await ctx.drain()
    const view = await ctx.journal(since, session.user)
    if (!isRenewing) return false
    ctx.witness(
      `a renewal for ${CALLS} calls on ${over} instances, ${latency} ms from the vault`,
      true,
    )
    ctx.note(`answers meanwhile: ${tally(answers)}`)
    const renews = view.renews()
    ctx.expect('renewals under way at one moment', 1, mostAtOnce(renews))
    if (!wasGivenUp(renews))
      ctx.expect('spent refresh tokens presented', 0, await ctx.reuses(session.user))
  } finally {
    for (const proxy of ctx.vault.proxies) await proxy.delay(0)
  }
  let later: Exchange | undefined
  const isOver = () => later !== undefined && (isSuccess(later) || later.status === 401)
  await until(
    RECOVERY_MS,
    async () => {
      later = await session.call('list')
      return isOver()
    },
    250,
  )
  ctx.aftermath.require('list when the vault is fast again', isOver(), {
    expected: '2xx, or 401 when the pair could not be saved',
    got: later ? statusText(later) : 'none',
  })
  return true
}
