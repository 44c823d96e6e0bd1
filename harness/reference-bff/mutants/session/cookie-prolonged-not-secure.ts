import { defineMutant } from '../mutant.ts'
import { prolongedCookie } from '../prolonged-cookie.ts'
import { unprefixedCookie } from '../session-cookie.ts'

export const cookieProlongedNotSecure = defineMutant({
  name: 'cookie-prolonged-not-secure',
  defect: 'Asking who is signed in prolongs the session cookie, and forgets Secure.',
  kills: { 'SESSION-01': 'session cookies without Secure' },
  apply: (parts) =>
    prolongedCookie(
      unprefixedCookie(parts, (cookie) => cookie),
      (cookie) => cookie.replace('; Secure', ''),
    ),
})
