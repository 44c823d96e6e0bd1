import { defineCheck } from '../../check.ts'
import { isAccepted, statusText } from '../../instruments/http-exchange.ts'
import { createsIn, scopesOf } from '../shared/scopes.ts'

export const rules09 = defineCheck({
  id: 'RULES-09',
  title: 'A create that is sent again after a renewal has its scope again',
  level: 'MUST',
  profiles: ['conduit'],
  needs: { routes: ['login', 'create'] },
  dependsOn: ['RULES-08'],
  requirement: ['project rule', 'REFRESH-14'],
  source: ['Conduit crud.handler reads queryParams.scope'],
  mutants: ['scope-only-on-first-attempt'],
  usualCauses: [
    'the second attempt is put together from the path without the query',
    'the scope is added by the caller of the function that repeats',
  ],
  async run(ctx) {
    if (!ctx.target.routes.create?.scope) ctx.skip('routes.create.scope is not declared')
    for (const mode of ctx.discovery.expiry) {
      const session = await ctx.expired(mode)
      const since = await ctx.mark()
      const answer = await session.call('create')
      await ctx.drain()
      const view = await ctx.journal(since, session.user)
      ctx.setup(isAccepted(answer), `create after expiry answered ${statusText(answer)}.`)
      const creates = createsIn(view)
      ctx.witness(
        `a create and a renewal upstream (expiry by ${mode})`,
        creates.length > 0 && view.renewed().length > 0,
      )
      for (const [index, create] of creates.entries()) {
        const scopes = scopesOf(create)
        ctx.require(
          `scope of attempt ${index + 1} (expiry by ${mode})`,
          scopes.length === 1 && /^\w+:[\w-]+$/.test(scopes[0] ?? ''),
          { expected: 'one scope=Type:id', got: scopes.join(', ') || 'none' },
        )
      }
    }
  },
})
