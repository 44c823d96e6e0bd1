import { defineMutant } from '../mutant.ts'
import { prolongedCookie } from '../prolonged-cookie.ts'

export const cookieProlongedAsNoneTakesIt = defineMutant({
  name: 'cookie-prolonged-as-none-takes-it',
  defect:
    'Asking who is signed in sets the cookie __Host-… again without Secure, which browsers that know the prefix refuse and others keep.',
  kills: { 'SESSION-01': 'session cookies without Secure' },
  apply: (parts) => prolongedCookie(parts, (cookie) => cookie.replace('; Secure', '')),
})
