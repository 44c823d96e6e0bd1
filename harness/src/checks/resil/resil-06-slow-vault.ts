import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { isSuccess, tally } from '../shared/answers.ts'
import { journalMark, RENEW } from '../../instruments/journal-view.ts'
import { steady, until } from '../../instruments/settle.ts'

const CALLS = 12
const TOGETHER = 4
/** The second is for targets that give a command up sooner: they never come as far as a renewal. */
const LATENCIES_MS = [2000, 400]

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
    ctx.witness('calls that came as far as the backend while the vault was slow', false)
  },
})

/** False when too few calls came as far as the backend to say anything. */
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
    const finished = () => opened.every((each) => each.isDone())
    await until(latency * 4 + 4000, async () => finished() || (await refused.now()) >= CALLS)
    await refused.release()
    await until(latency * 4 + 4000, async () => finished() || (await renewal.now()) > 0)
    const isRenewing = (await renewal.now()) > 0
    // Whoever goes on without the lock does so within a few commands from now.
    await steady(() => journalMark(ctx.backend.control), {
      forMs: latency * 3 + 500,
      maxMs: latency * 6 + 4000,
      enough: finished,
    })
    await renewal.release()
    const answers = await Promise.all(opened.map((each) => each.done))
    await ctx.drain()
    const view = await ctx.journal(since, session.user)
    const met = Math.max(
      view.data().filter((entry) => entry.status === 401).length,
      isRenewing ? TOGETHER : 0,
    )
    if (met < TOGETHER) return false
    ctx.witness(
      `${met} calls on ${over} instances needed a renewal, ${latency} ms from the vault`,
      true,
    )
    ctx.note(`answers meanwhile: ${tally(answers)}`)
    ctx.require('renewals', view.renews().length <= 1, {
      expected: 'at most 1',
      got: String(view.renews().length),
    })
    ctx.expect('spent refresh tokens presented', 0, await ctx.reuses(session.user))
  } finally {
    for (const proxy of ctx.vault.proxies) await proxy.delay(0)
  }
  const later = await session.call('list')
  ctx.aftermath.require(
    'list when the vault is fast again',
    isSuccess(later) || later.status === 401,
    { expected: '2xx, or 401 when the pair could not be saved', got: tally([later]) },
  )
  return true
}
