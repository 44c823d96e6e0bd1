import { changedCall, isCreate } from '../upstream-calls.ts'
import { defineMutant } from '../mutant.ts'

export const scopeMissing = defineMutant({
  name: 'scope-missing',
  defect: 'Creates are sent without a scope.',
  kills: { 'RULES-08': 'scope in the query' },
  apply: (parts) => changedCall(parts, isCreate, ({ query: _, ...call }) => call),
})
