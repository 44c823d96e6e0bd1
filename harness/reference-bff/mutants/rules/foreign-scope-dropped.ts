import { defineMutant } from '../mutant.ts'
import { changedScope } from '../foreign-scope.ts'

export const foreignScopeDropped = defineMutant({
  name: 'foreign-scope-dropped',
  defect: 'When the browser names a scope, the create goes upstream without any.',
  kills: { 'RULES-11': /^creates upstream without a scope, for a foreign Team scope in the query/ },
  apply: (parts) =>
    changedScope(parts, (c) => () => (c.req.query('scope') === undefined ? undefined : '')),
})
