import { defineCheck } from '../../check.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'
import { declaredCalls } from '../shared/declared-calls.ts'
import { inTurn } from '../shared/in-turn.ts'

export const proxy01 = defineCheck({
  id: 'PROXY-01',
  title: "The browser's cookies are not forwarded",
  level: 'MUST',
  profiles: ['core', 'conduit'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['BBA#pattern-bff', 'NA0 4.3', 'Duende GHSA-vvg7-p7jw-8qr3'],
  source: ['Conduit takes the access token from an accessToken cookie too'],
  mutants: ['forwards-cookie', 'search-forwards-cookie'],
  usualCauses: [
    'the request headers are copied to the backend call',
    'one route has a client of its own, which copies them',
  ],
  async run(ctx) {
    const other = await ctx.signedIn()
    const session = await ctx.signedIn()
    const foreign =
      (await ctx.backend.control.tokens(other.user.id)).find(
        (token) => token.kind === 'access' && token.state === 'live',
      )?.token ?? ''
    await ctx.drain()
    const acted = await inTurn(ctx, declaredCalls(ctx), ({ route, options }) => {
      const cookie = session.browser.jar.header(ctx.target.routes[route]?.path ?? '/') ?? ''
      return session.call(route, {
        ...options,
        headers: [
          ['Cookie', `${cookie}; accessToken=${foreign}; refreshToken=x; a=1; b=2; theme=dark`],
        ],
      })
    })
    const calls = acted.flatMap(({ view }) => view.api())
    ctx.witness('the calls went upstream', calls.length > 0)
    ctx.expect(
      'upstream calls with a Cookie header',
      [],
      calls
        .filter((entry) => entry.requestHeaders.some(([name]) => name.toLowerCase() === 'cookie'))
        .map((entry) => entry.operation),
    )
    ctx.expect(
      'who the upstream calls act for',
      [session.user.email],
      [...new Set(calls.filter((entry) => entry.token).map((entry) => entry.token?.email))],
    )
    const list = acted.find(({ act }) => act.route === 'list')?.outcome
    ctx.require('the list', list !== undefined && isSuccess(list), {
      expected: '2xx',
      got: list ? statusText(list) : 'none',
    })
  },
})
