import { defineMutant } from '../mutant.ts'
import { prolongedCookie } from '../prolonged-cookie.ts'

export const cookieProlongedNotHttponly = defineMutant({
  name: 'cookie-prolonged-not-httponly',
  defect: 'Asking who is signed in prolongs the session cookie, and forgets HttpOnly.',
  kills: { 'SESSION-02': 'session cookies without HttpOnly' },
  apply: (parts) => prolongedCookie(parts, (cookie) => cookie.replace('; HttpOnly', '')),
})
