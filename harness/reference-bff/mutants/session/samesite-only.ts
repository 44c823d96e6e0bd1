import { trusting } from '../guarded-otherwise.ts'
import { defineMutant } from '../mutant.ts'

export const samesiteOnly = defineMutant({
  name: 'samesite-only',
  defect:
    'SameSite=Strict is the only defence against forged requests; a subdomain is the same site.',
  kills: { 'SESSION-10': /upstream calls$/ },
  collateral: ['SESSION-11'],
  apply: (parts) => trusting(parts, () => true),
})
