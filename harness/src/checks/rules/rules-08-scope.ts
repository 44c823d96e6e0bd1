import { defineCheck } from '../../check.ts'
import { isAccepted, statusText } from '../../instruments/http-exchange.ts'
import { isOneScope, scopesOf } from '../shared/scopes.ts'

export const rules08 = defineCheck({
  id: 'RULES-08',
  title: 'Creates carry the scope in the query, once',
  level: 'MUST',
  profiles: ['core', 'conduit'],
  needs: { routes: ['login', 'create'] },
  dependsOn: [],
  requirement: ['project rule'],
  source: [
    'Conduit crud.handler reads queryParams.scope; a scope in the body or in a header is ignored',
  ],
  mutants: ['scope-missing', 'scope-undefined', 'scope-of-nobody'],
  usualCauses: [
    'the scope is put into the body',
    'the scope is only added on one of several code paths',
    'the id in the scope is read from a field that is not there, and becomes the word undefined',
  ],
  async run(ctx) {
    if (!ctx.target.routes.create?.scope) ctx.skip('routes.create.scope is not declared')
    const session = await ctx.signedIn()
    const since = await ctx.mark()
    const answer = await session.call('create')
    await ctx.drain()
    ctx.setup(isAccepted(answer), `create answered ${statusText(answer)}.`)
    const posts = (await ctx.journal(since, session.user))
      .data()
      .filter((entry) => entry.method === 'POST')
    // A custom endpoint may be asked first; where nothing else is, it is what creates.
    const direct = posts.filter((entry) => !entry.path.startsWith('/database/function/'))
    const creates = direct.length > 0 ? direct : posts
    ctx.witness('a create upstream', creates.length > 0)
    for (const create of creates) {
      const scopes = scopesOf(create)
      ctx.require('scope in the query', isOneScope(scopes), {
        expected: 'one scope=Type:id',
        got: scopes.join(', ') || 'none',
      })
      ctx.expect('scope in the body', false, /"scope"\s*:/.test(create.requestBody.text ?? ''))
    }
  },
})
