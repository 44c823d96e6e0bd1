import { changedCookie } from '../session-cookie.ts'
import { defineMutant } from '../mutant.ts'

export const samesiteNone = defineMutant({
  name: 'samesite-none',
  defect: 'The session cookie goes along with requests of other sites.',
  kills: { 'SESSION-03': 'session cookies without SameSite=Lax or Strict' },
  apply: (parts) =>
    changedCookie(parts, (cookie) => cookie.replace('SameSite=Strict', 'SameSite=None')),
})
