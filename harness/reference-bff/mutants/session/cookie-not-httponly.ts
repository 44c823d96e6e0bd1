import { changedCookie } from '../session-cookie.ts'
import { defineMutant } from '../mutant.ts'

export const cookieNotHttponly = defineMutant({
  name: 'cookie-not-httponly',
  defect: 'Scripts can read the session cookie.',
  kills: { 'SESSION-02': 'session cookies without HttpOnly' },
  apply: (parts) => changedCookie(parts, (cookie) => cookie.replace('; HttpOnly', '')),
})
