import { defineCheck } from '../../check.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { isSuccess, tally } from '../shared/answers.ts'

const CALLS = 20

export const refresh25 = defineCheck({
  id: 'REFRESH-25',
  title: 'The other instances take over renewed tokens',
  level: 'MUST',
  profiles: ['cluster'],
  needs: { routes: ['login', 'list'], instances: 2 },
  dependsOn: ['VAULT-05', 'REFRESH-01'],
  requirement: ['T-15'],
  source: ['a renew deletes the old access token at once'],
  mutants: ['token-cache-per-instance'],
  usualCauses: [
    'each instance keeps tokens in memory and does not look whether they were renewed',
    'what was read after a 401 is used once, but not kept',
  ],
  async run(ctx) {
    const mode = ctx.discovery.expiry[0] ?? 'decree'
    const session = mode === 'decree' ? await ctx.signedIn() : await ctx.expired(mode)
    if (mode === 'decree') {
      for (const [instance] of ctx.instances.entries()) {
        const warm = await session.call('list', { instance })
        ctx.setup(isSuccess(warm), `list on instance ${instance + 1} gave ${statusText(warm)}.`)
      }
      await ctx.expire(session.user)
    }
    const renewing = await session.call('list', { instance: 0 })
    ctx.setup(isSuccess(renewing), `the call that should renew gave ${statusText(renewing)}.`)
    await ctx.drain()
    const current = await ctx.generation(session.user)
    ctx.witness('instance 1 renewed', current > 1)
    for (let instance = 1; instance < ctx.instances.length; instance += 1) {
      const since = await ctx.mark()
      const answers = []
      for (let call = 0; call < CALLS; call += 1)
        answers.push(await session.call('list', { instance }))
      await ctx.drain()
      const view = await ctx.journal(since, session.user)
      const stale = view.data().filter((entry) => entry.token?.generation !== current)
      const where = `on instance ${instance + 1}`
      ctx.require(`answers ${where}`, answers.every(isSuccess), {
        expected: `2xx ×${CALLS}`,
        got: tally(answers),
      })
      ctx.expect(`renewals ${where}`, 0, view.renews().length)
      ctx.require(`calls with the old token ${where}`, stale.length <= 1, {
        expected: 'at most 1',
        got: String(stale.length),
      })
    }
  },
})
