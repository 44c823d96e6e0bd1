import { defineCheck } from '../../check.ts'
import { sessionCookiesOnTheWay } from '../shared/session-cookies.ts'

export const session03 = defineCheck({
  id: 'SESSION-03',
  title: 'The session cookie has SameSite, and not None',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['BBA#pattern-bff-cookie-security', 'ASVS5-3.3.2'],
  source: [],
  mutants: ['samesite-none', 'cookie-prolonged-without-samesite'],
  usualCauses: [
    'SameSite=None was set for an embedded or cross-origin page',
    'the attribute is left to the browser',
  ],
  async run(ctx) {
    const cookies = await sessionCookiesOnTheWay(ctx)
    ctx.witness('the login set a session cookie', cookies.length > 0)
    const loose = cookies.filter(
      (cookie) => !['lax', 'strict'].includes(cookie.sameSite?.toLowerCase() ?? ''),
    )
    ctx.expect(
      'session cookies without SameSite=Lax or Strict',
      [],
      loose.map((cookie) => `${cookie.name}: ${cookie.sameSite ?? 'no SameSite'}`),
    )
    const lax = cookies
      .filter((cookie) => cookie.sameSite?.toLowerCase() === 'lax')
      .map((cookie) => cookie.name)
    if (lax.length > 0) ctx.note(`SameSite=Strict would be better: ${lax.join(', ')}`)
  },
})
