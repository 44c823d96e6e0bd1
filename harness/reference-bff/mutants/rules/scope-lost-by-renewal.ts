import { defineMutant } from '../mutant.ts'
import { savingOtherwise } from '../saved-entry.ts'

export const scopeLostByRenewal = defineMutant({
  name: 'scope-lost-by-renewal',
  defect:
    'A renewal saves the new tokens and not whose they are: the next create is made in the scope of nobody.',
  kills: { 'RULES-09': /^scopes of the create after a renewal/ },
  apply: (parts) => savingOtherwise(parts, (next) => ({ ...next, userId: 'undefined' })),
})
