import type { FaultEffect } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { isSignedOut } from '../shared/answers.ts'

const LOGOUT = 'POST /authentication/logout'

const TROUBLES: readonly { about: string; effect: FaultEffect }[] = [
  { about: 'answers 500', effect: { status: 500, message: 'Something failed' } },
  { about: 'resets the connection', effect: { socket: 'reset' } },
  { about: 'answers 401', effect: { status: 401, message: 'Token has been revoked' } },
]

export const rules13 = defineCheck({
  id: 'RULES-13',
  title: 'Logout ends the tokens at the backend too, and the session whatever the backend says',
  level: 'SHOULD',
  profiles: ['core', 'conduit'],
  needs: { routes: ['login', 'list', 'logout'] },
  dependsOn: ['SESSION-07', 'VAULT-08'],
  requirement: ['Duende logout_should_revoke_refreshtoken'],
  source: ['POST /authentication/logout takes the access token of the session that is to end'],
  mutants: ['logout-local-only', 'logout-waits-for-backend', 'logout-with-refresh-token'],
  usualCauses: [
    'logout clears the cookie and nothing else, so that a copied token lives on',
    'the backend is asked first, and its error leaves the session where it is',
    'the call carries no token, or the refresh token',
  ],
  async run(ctx) {
    await endsTokens(ctx)
    for (const trouble of TROUBLES) await endsDespite(ctx, trouble)
  },
})

async function endsTokens(ctx: CheckContext): Promise<void> {
  const session = await ctx.signedIn()
  const since = await ctx.mark()
  const answer = await session.call('logout')
  await ctx.drain()
  ctx.setup(
    answer.failure === undefined && answer.status < 400,
    `logout answered ${statusText(answer)}.`,
  )
  ctx.witness('the user was signed in', (await ctx.generation(session.user)) > 0)
  const calls = (await ctx.journal(since, session.user))
    .api()
    .filter(({ operation }) => operation === LOGOUT)
  ctx.require(
    "upstream logouts with the session's access token",
    calls.some(({ token, status }) => token?.kind === 'access' && status < 300),
    {
      expected: 'one that the backend accepts',
      got:
        calls
          .map(({ token, status }) => `a token of kind ${token?.kind ?? 'none'} → ${status}`)
          .join(', ') || 'none',
    },
  )
}

async function endsDespite(
  ctx: CheckContext,
  { about, effect }: { about: string; effect: FaultEffect },
): Promise<void> {
  const session = await ctx.signedIn()
  const before = session.copy()
  const fault = await ctx.fault({ operation: LOGOUT, times: null, effect })
  await session.call('logout')
  await ctx.drain()
  ctx.witness(`the backend ${about} when asked to sign out`, (await fault.hits()) > 0)
  await fault.remove()
  for (const [which, browser] of [
    ["the browser's cookies", session],
    ['the cookies from before', before],
  ] as const) {
    const list = await browser.call('list')
    ctx.require(`list with ${which}, after the backend ${about} to a logout`, isSignedOut(list), {
      expected: '401 or 403',
      got: statusText(list),
    })
  }
}
