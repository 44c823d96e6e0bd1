import { defineMutant } from '../mutant.ts'
import { prolongedCookie } from '../prolonged-cookie.ts'

export const cookieProlongedWithoutSamesite = defineMutant({
  name: 'cookie-prolonged-without-samesite',
  defect: 'Asking who is signed in prolongs the session cookie, and forgets SameSite.',
  kills: { 'SESSION-03': 'session cookies without SameSite=Lax or Strict' },
  apply: (parts) => prolongedCookie(parts, (cookie) => cookie.replace('; SameSite=Strict', '')),
})
