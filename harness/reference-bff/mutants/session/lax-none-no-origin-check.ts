import { trusting } from '../guarded-otherwise.ts'
import { defineMutant } from '../mutant.ts'
import { changedCookie } from '../session-cookie.ts'

export const laxNoneNoOriginCheck = defineMutant({
  name: 'lax-none-no-origin-check',
  defect:
    'The cookie goes along with requests of other sites, and a body is taken for JSON whatever it says it is.',
  kills: { 'SESSION-09': /upstream calls$/ },
  collateral: ['SESSION-03', 'SESSION-10', 'SESSION-11'],
  apply: (parts) =>
    trusting(
      changedCookie(parts, (cookie) => cookie.replace('SameSite=Strict', 'SameSite=None')),
      () => true,
    ),
})
