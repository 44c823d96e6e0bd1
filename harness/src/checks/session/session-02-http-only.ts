import { defineCheck } from '../../check.ts'
import { sessionCookiesOnTheWay } from '../shared/session-cookies.ts'

export const session02 = defineCheck({
  id: 'SESSION-02',
  title: 'The session cookie is HttpOnly',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['BBA#pattern-bff-cookie-security', 'ASVS5-3.3.4'],
  source: [],
  mutants: ['cookie-not-httponly', 'cookie-prolonged-not-httponly'],
  usualCauses: [
    'a route that prolongs the cookie sets it with other attributes',
    'httpOnly: false is left over from debugging',
    'the page reads the session cookie to know whether somebody is signed in',
  ],
  async run(ctx) {
    const cookies = await sessionCookiesOnTheWay(ctx)
    ctx.witness('the login set a session cookie', cookies.length > 0)
    ctx.expect(
      'session cookies without HttpOnly',
      [],
      cookies.filter((cookie) => !cookie.httpOnly).map((cookie) => cookie.name),
    )
  },
})
