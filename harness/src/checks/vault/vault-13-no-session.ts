import { defineCheck } from '../../check.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { dataRoutes, isSignedOut } from '../shared/answers.ts'

export const vault13 = defineCheck({
  id: 'VAULT-13',
  title: 'Without a session data routes answer 401 and call nothing upstream',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: [
    'Duende unauthenticated_calls_to_remote_endpoint_should_return_401',
    'Schemathesis ignored_auth',
  ],
  source: [],
  mutants: ['anonymous-passthrough'],
  usualCauses: [
    'the session is checked by the backend only',
    'a service token stands in for a missing session',
  ],
  async run(ctx) {
    const owner = await ctx.signedIn()
    await ctx.drain()
    const routes = dataRoutes(ctx)
    const before = await ctx.mark()
    for (const route of routes) {
      const answer = await owner.call(route)
      ctx.setup(answer.status < 400, `${route} with a session answered ${statusText(answer)}.`)
    }
    await ctx.drain()
    ctx.witness(
      'with a session the same calls go upstream',
      (await ctx.journal(before)).api().length > 0,
    )
    const since = await ctx.mark()
    for (const route of routes) {
      const stranger = await ctx.visitor()
      const values = {
        id: owner.user.documentId ?? owner.user.file.id,
        'file.id': owner.user.file.id,
      }
      const answer = await stranger.call(route, { values })
      ctx.require(`${route} without a cookie`, isSignedOut(answer), {
        expected: '401 or 403',
        got: statusText(answer),
      })
    }
    await ctx.drain()
    const view = await ctx.journal(since)
    ctx.expect(
      'upstream calls',
      [],
      [...view.api(), ...view.storage()].map((entry) => `${entry.operation} → ${entry.status}`),
    )
  },
})
