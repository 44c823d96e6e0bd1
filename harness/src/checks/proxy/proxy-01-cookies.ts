import { defineCheck } from '../../check.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'

export const proxy01 = defineCheck({
  id: 'PROXY-01',
  title: "The browser's cookies are not forwarded",
  level: 'MUST',
  profiles: ['core', 'conduit'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['BBA#pattern-bff', 'NA0 4.3', 'Duende GHSA-vvg7-p7jw-8qr3'],
  source: ['Conduit takes the access token from an accessToken cookie too'],
  mutants: ['forwards-cookie'],
  usualCauses: ['the request headers are copied to the backend call'],
  async run(ctx) {
    const other = await ctx.signedIn()
    const session = await ctx.signedIn()
    const foreign =
      (await ctx.backend.control.tokens(other.user.id)).find(
        (token) => token.kind === 'access' && token.state === 'live',
      )?.token ?? ''
    const cookie = session.browser.jar.header(ctx.target.routes.list.path) ?? ''
    await ctx.drain()
    const since = await ctx.mark()
    const answer = await session.call('list', {
      headers: [
        ['Cookie', `${cookie}; accessToken=${foreign}; refreshToken=x; a=1; b=2; theme=dark`],
      ],
    })
    await ctx.drain()
    const calls = (await ctx.journal(since)).api()
    ctx.witness('the call went upstream', calls.length > 0)
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
    ctx.require('the list', isSuccess(answer), { expected: '2xx', got: statusText(answer) })
  },
})
