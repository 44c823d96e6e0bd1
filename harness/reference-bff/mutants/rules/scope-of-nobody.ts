import { changedCall, isCreate } from '../upstream-calls.ts'
import { defineMutant } from '../mutant.ts'

export const scopeOfNobody = defineMutant({
  name: 'scope-of-nobody',
  defect: 'The id in the scope is read from a field that nobody has: scope=User:undefined.',
  kills: { 'RULES-08': 'scope in the query' },
  apply: (parts) =>
    changedCall(parts, isCreate, (call) => ({ ...call, query: { scope: 'User:undefined' } })),
})
