import { defineMutant } from '../mutant.ts'
import { changedTerm } from '../search-term.ts'

export const doubleEncodesQuery = defineMutant({
  name: 'double-encodes-query',
  defect: 'The term of a search is encoded twice on its way upstream.',
  kills: { 'PROXY-12': /^what q=.* says upstream$/ },
  apply: (parts) => changedTerm(parts, encodeURIComponent),
})
