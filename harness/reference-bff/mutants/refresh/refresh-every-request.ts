import { defineMutant } from '../mutant.ts'
import { renewingBefore } from '../renewing-before.ts'

export const refreshEveryRequest = defineMutant({
  name: 'refresh-every-request',
  defect: 'The tokens are renewed before every call.',
  kills: { 'REFRESH-22': 'renewals' },
  collateral: [
    'REFRESH-01',
    'REFRESH-03',
    'REFRESH-04',
    'REFRESH-05',
    'REFRESH-06',
    'REFRESH-08',
    'VAULT-04',
    'VAULT-05',
    'VAULT-07',
    'VAULT-13',
  ],
  apply: (parts) => renewingBefore(parts, () => true),
})
