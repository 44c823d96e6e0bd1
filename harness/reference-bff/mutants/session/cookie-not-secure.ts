import { defineMutant } from '../mutant.ts'
import { unprefixedCookie } from '../session-cookie.ts'

export const cookieNotSecure = defineMutant({
  name: 'cookie-not-secure',
  defect: 'The session cookie is sent over plain http too.',
  kills: { 'SESSION-01': 'session cookies without Secure' },
  apply: (parts) => unprefixedCookie(parts, (cookie) => cookie.replace('; Secure', '')),
})
