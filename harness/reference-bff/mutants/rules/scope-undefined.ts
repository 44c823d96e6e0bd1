import { changedCall, isCreate } from '../upstream-calls.ts'
import { defineMutant } from '../mutant.ts'

export const scopeUndefined = defineMutant({
  name: 'scope-undefined',
  defect: 'A create without a team says scope=Team:undefined… or nothing after the colon.',
  kills: { 'RULES-08': 'scope in the query' },
  apply: (parts) =>
    changedCall(parts, isCreate, (call) => ({ ...call, query: { scope: 'User:' } })),
})
