import { defineCheck } from '../../check.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import { cookiePairs } from '../../instruments/exchange-text.ts'
import { headersNamed, type Exchange } from '../../instruments/http-exchange.ts'
import { randomMarker } from '../../target/template.ts'
import { declaredCalls } from '../shared/declared-calls.ts'

/** Tells these canaries from the session's own tokens, which other checks look for. */
const OWNER = 'backend-cookie'
const NAMES = ['accessToken', 'refreshToken']
/** Of the API; the storage host is not meant. */
const EVERY_CALL = '* /*'

export const leak02 = defineCheck({
  id: 'LEAK-02',
  title: "The backend's token cookies are neither relayed nor sent back",
  level: 'MUST',
  profiles: ['core', 'conduit'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['BBA#pattern-bff', 'PROXY-01: no upstream call has a Cookie header'],
  source: [
    'Conduit getToken: a cookie accessToken is taken for the token of a call',
    'Conduit tokenProvider.constructCookies: with setCookie on, login and renew answers carry accessToken and refreshToken cookies',
  ],
  mutants: ['relays-set-cookie', 'relays-set-cookie-of-me', 'client-keeps-backend-cookies'],
  usualCauses: [
    "the proxy copies every header of the backend's answer",
    'Set-Cookie is on no deny-list',
    'the HTTP client has a cookie jar, which all users share: the backend takes tokens from cookies',
  ],
  async run(ctx) {
    const values = { access: `C-${randomMarker(24)}`, refresh: `C-${randomMarker(24)}` }
    ctx.registry.add({
      kind: 'access',
      owner: OWNER,
      generation: 0,
      value: values.access,
    })
    ctx.registry.add({
      kind: 'refresh',
      owner: OWNER,
      generation: 0,
      value: values.refresh,
    })
    const fault = await ctx.fault({
      operation: EVERY_CALL,
      times: null,
      effect: {
        addHeaders: {
          'Set-Cookie': [
            `accessToken=${values.access}; Path=/; HttpOnly; SameSite=Lax`,
            `refreshToken=${values.refresh}; Path=/; HttpOnly; SameSite=Lax`,
          ],
        },
      },
    })
    const since = await ctx.mark()
    const session = await ctx.visitor()
    const answers: Exchange[] = [await ctx.signIn(session)]
    const atLogin = await fault.hits()
    for (const { route, options } of declaredCalls(ctx))
      answers.push(await session.call(route, options))
    if (ctx.target.routes.refresh) answers.push(await session.call('refresh'))
    await ctx.expire(session.user)
    answers.push(await session.call('list'))
    const withData = (await fault.hits()) - atLogin
    answers.push(await session.call('logout'))
    ctx.witness('the backend set token cookies on login and data', atLogin > 0 && withData > 0)
    const relayed = answers
      .flatMap((answer) => cookiePairs(headersNamed(answer.headers, 'set-cookie')))
      .map(([name]) => name)
    ctx.expect(
      'cookie names of the backend in the answers',
      [],
      relayed.filter((name) => NAMES.includes(name) && !ctx.discovery.cookies.includes(name)),
    )
    await ctx.drain()
    ctx.expect(
      'upstream calls with a Cookie header',
      [],
      (await ctx.journal(since)).entries
        .filter(({ requestHeaders }) => headersNamed(requestHeaders, 'cookie').length > 0)
        .map(({ operation }) => operation),
    )
    for (const answer of answers) {
      const own = (await ctx.leaksIn(answer)).filter(({ canary }) => canary.owner === OWNER)
      ctx.expect(
        `token cookies in the answer to ${answer.call.method} ${answer.call.path}`,
        [],
        own.map(describeLeak),
      )
    }
  },
})
