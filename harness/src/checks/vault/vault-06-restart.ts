import { defineCheck } from '../../check.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'

export const vault06 = defineCheck({
  id: 'VAULT-06',
  title: 'A session outlives a restart of every instance',
  level: 'MUST',
  profiles: ['cluster'],
  needs: { routes: ['login', 'list'], instances: 2 },
  dependsOn: [],
  requirement: ['BBA#pattern-bff-sessions'],
  source: [],
  mutants: ['vault-emptied-at-start'],
  usualCauses: [
    'tokens or sessions live in the memory of a process',
    'the key of the cookie, or of the vault, is made at the start',
    'a clean-up at the start deletes sessions',
  ],
  async run(ctx) {
    const restarts = ctx.instances.flatMap(({ restart }) => (restart ? [restart] : []))
    if (restarts.length < ctx.instances.length)
      ctx.skip("a target that runs already is not the harness's to restart")
    const session = await ctx.signedIn()
    await ctx.drain()
    const generation = await ctx.generation(session.user)
    await Promise.all(restarts.map((restart) => restart()))
    ctx.witness('every instance was stopped and started again', restarts.length > 1)
    const since = await ctx.mark()
    for (const [instance] of ctx.instances.entries()) {
      const answer = await session.call('list', { instance })
      ctx.require(`list after the restart, instance ${instance + 1}`, isSuccess(answer), {
        expected: '2xx',
        got: statusText(answer),
      })
    }
    await ctx.drain()
    const view = await ctx.journal(since, session.user)
    ctx.expect('renewals after the restart', 0, view.renews().length)
    ctx.expect(
      'token generations used after the restart',
      [generation],
      [...new Set(view.data().map((entry) => entry.token?.generation))],
    )
  },
})
