import { defineCheck } from '../../check.ts'
import { sessionCookiesOnTheWay } from '../shared/session-cookies.ts'

export const session01 = defineCheck({
  id: 'SESSION-01',
  title: 'The session cookie is Secure',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['BBA#pattern-bff-cookie-security', 'ASVS5-3.3.1'],
  source: [],
  mutants: [
    'cookie-not-secure',
    'cookie-prolonged-not-secure',
    'cookie-prolonged-as-none-takes-it',
  ],
  usualCauses: [
    'a route that prolongs the cookie sets it with other attributes',
    'secure depends on NODE_ENV, which is not production',
    'the framework decides by the protocol and does not trust X-Forwarded-Proto',
  ],
  async run(ctx) {
    if (ctx.site.origin?.startsWith('https:') !== true)
      ctx.skip('the application is reached over http; set origin to an https URL to judge this')
    const cookies = await sessionCookiesOnTheWay(ctx)
    ctx.witness('the login set a session cookie', cookies.length > 0)
    ctx.expect(
      'session cookies without Secure',
      [],
      cookies.filter((cookie) => !cookie.secure).map((cookie) => cookie.name),
    )
  },
})
