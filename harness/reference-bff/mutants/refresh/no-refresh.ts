import { defineMutant } from '../mutant.ts'
import { withoutRenewal } from '../renewals.ts'

export const noRefresh = defineMutant({
  name: 'no-refresh',
  defect: 'A 401 of the backend goes straight to the browser.',
  kills: { 'REFRESH-01': "the client's answer after the backend refuses the token" },
  apply: (parts) => ({ ...parts, renewal: withoutRenewal }),
})
