import { renewingByClock } from '../early-renewal.ts'
import { defineMutant } from '../mutant.ts'

export const renewsUntilExpIsAhead = defineMutant({
  name: 'renews-until-exp-is-ahead',
  defect: 'The renewal is repeated, three times at most, until the exp of the token is ahead.',
  kills: { 'REFRESH-28': 'renewals by one call, exp past, token accepted' },
  apply: (parts) => renewingByClock(parts, 3),
})
