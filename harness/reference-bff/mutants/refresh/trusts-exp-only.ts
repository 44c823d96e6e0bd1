import { renewingByClock } from '../early-renewal.ts'
import { defineMutant } from '../mutant.ts'

export const trustsExpOnly = defineMutant({
  name: 'trusts-exp-only',
  defect:
    'A token whose exp is past by the own clock is renewed before each call, though the new one looks over as well.',
  kills: { 'REFRESH-28': 'renewals over 20 calls, exp past, token accepted' },
  apply: (parts) => renewingByClock(parts, 1),
})
