import { defineCheck } from '../../check.ts'
import { isAccepted, statusText, type Exchange } from '../../instruments/http-exchange.ts'
import { sessionCookies } from '../shared/session-cookies.ts'

export const session07 = defineCheck({
  id: 'SESSION-07',
  title: 'Logout removes the cookie and may be repeated',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list', 'logout'] },
  dependsOn: [],
  requirement: ['Duende can_logout_twice'],
  source: [],
  mutants: ['logout-wrong-path'],
  usualCauses: [
    'the clearing Set-Cookie has another path or domain than the one that set it',
    'logout fails without a session',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const names = (await sessionCookies(ctx, session)).map((cookie) => cookie.name)
    ctx.witness('the login set a session cookie', names.length > 0)
    const before = session.copy()
    const out = await session.call('logout')
    ctx.setup(isAccepted(out), `logout answered ${statusText(out)}.`)
    const left = session.browser.jar
      .cookies()
      .filter((cookie) => names.includes(cookie.name) && cookie.value !== '')
    ctx.expect(
      'session cookies in the browser after logout',
      [],
      left.map((cookie) => `${cookie.name}; Path=${cookie.path}`),
    )
    const again = await before.call('logout')
    const bare = await (await ctx.visitor()).call('logout')
    for (const [which, answer] of [
      ['with the old cookie', again],
      ['without a cookie', bare],
    ] as const)
      ctx.require(`a further logout ${which}`, isHarmless(answer), {
        expected: 'less than 500',
        got: statusText(answer),
      })
  },
})

/** Refusing what is no session any more is as right as accepting it; breaking over it is not. */
const isHarmless = (answer: Exchange) => answer.failure === undefined && answer.status < 500
