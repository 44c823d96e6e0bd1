import { defineMutant } from '../mutant.ts'
import { passingQuery } from '../passed-query.ts'

export const queryPassthrough = defineMutant({
  name: 'query-passthrough',
  defect: "The list passes the browser's whole query on, whatever it says.",
  kills: { 'RULES-12': 'upstream calls that carry populate of the browser' },
  apply: (parts) => passingQuery(parts, (query) => query),
})
