import { defineCheck } from '../../check.ts'
import { isAccepted, statusText } from '../../instruments/http-exchange.ts'
import { dataRoutes, isSignedOut } from '../shared/answers.ts'

export const vault08 = defineCheck({
  id: 'VAULT-08',
  title: 'Logout ends the session on the server, not only in the browser',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list', 'logout'] },
  dependsOn: ['VAULT-05'],
  requirement: ['ASVS5-7.4.1', 'Duende logout_endpoint_should_signout', 'T-36'],
  source: [],
  mutants: ['logout-clears-cookie-only'],
  usualCauses: [
    'logout only clears the cookie',
    'the session is self-contained, so the server has nothing to delete',
    'an in-process cache keeps the session alive',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    // The backend keeps the tokens alive: what is refused afterwards is refused by the BFF itself.
    await ctx.fault({
      operation: 'POST /authentication/logout',
      times: null,
      effect: { status: 200, body: '{"result":"LoggedOut"}' },
    })
    for (const [instance] of ctx.instances.entries()) await session.call('list', { instance })
    const stolen = session.copy()
    const out = await session.call('logout')
    ctx.setup(isAccepted(out), `logout answered ${statusText(out)}.`)
    await ctx.drain()
    const since = await ctx.mark()
    const tokens = await ctx.backend.control.tokens(session.user.id)
    ctx.witness(
      'the backend would still accept the tokens',
      tokens.some((token) => token.kind === 'access' && token.state === 'live'),
    )
    for (const [instance] of ctx.instances.entries())
      for (const route of dataRoutes(ctx)) {
        const answer = await stolen.copy().call(route, { instance })
        ctx.require(
          `${route} with the cookies from before the logout, instance ${instance + 1}`,
          isSignedOut(answer),
          {
            expected: '401 or 403',
            got: statusText(answer),
          },
        )
      }
    if (ctx.target.routes.me) await stolen.copy().call('me')
    await ctx.drain()
    ctx.expect(
      "upstream calls with the ended session's tokens",
      [],
      (await ctx.journal(since, session.user)).lines(),
    )
  },
})
