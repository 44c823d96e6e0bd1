import { defineMutant } from '../mutant.ts'
import { passingQuery } from '../passed-query.ts'

export const limitPassthrough = defineMutant({
  name: 'limit-passthrough',
  defect: 'The list takes the size of a page from the browser, without an upper bound.',
  kills: { 'RULES-12': 'upstream calls that carry limit of the browser' },
  apply: (parts) => passingQuery(parts, ({ limit }) => (limit === undefined ? {} : { limit })),
})
