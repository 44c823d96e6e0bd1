import { trusting } from '../guarded-otherwise.ts'
import { defineMutant } from '../mutant.ts'
import { changedCookie } from '../session-cookie.ts'

export const logoutFormNotGuarded = defineMutant({
  name: 'logout-form-not-guarded',
  defect: 'The logout takes forms of any site, with a cookie that goes along with them.',
  kills: { 'SESSION-09': /^logout by a .* form/ },
  collateral: ['SESSION-03', 'SESSION-10', 'SESSION-11'],
  apply: (parts) =>
    trusting(
      changedCookie(parts, (cookie) => cookie.replace('SameSite=Strict', 'SameSite=None')),
      ({ url }) => url.endsWith('/logout'),
    ),
})
