import { defineMutant } from '../mutant.ts'
import { changedTerm } from '../search-term.ts'

export const plusBecomesSpace = defineMutant({
  name: 'plus-becomes-space',
  defect:
    'The term is decoded once more than it was encoded: a plus is lost, a percent sign fails.',
  kills: { 'PROXY-12': 'what q=one%2Btwo says upstream' },
  apply: (parts) => changedTerm(parts, (term) => term.replaceAll('+', ' ')),
})
