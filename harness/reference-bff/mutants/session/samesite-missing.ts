import { changedCookie } from '../session-cookie.ts'
import { defineMutant } from '../mutant.ts'

export const samesiteMissing = defineMutant({
  name: 'samesite-missing',
  defect: 'SameSite is left to the default of each browser.',
  kills: { 'SESSION-03': 'session cookies without SameSite=Lax or Strict' },
  apply: (parts) => changedCookie(parts, (cookie) => cookie.replace('; SameSite=Strict', '')),
})
