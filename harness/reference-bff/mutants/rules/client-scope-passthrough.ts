import { defineMutant } from '../mutant.ts'
import { changedScope } from '../foreign-scope.ts'

export const clientScopePassthrough = defineMutant({
  name: 'client-scope-passthrough',
  defect: 'A scope in the query of the browser replaces the own one.',
  kills: { 'RULES-11': 'creates upstream with a foreign Team scope in the query' },
  apply: (parts) => changedScope(parts, (c) => () => c.req.query('scope')),
})
