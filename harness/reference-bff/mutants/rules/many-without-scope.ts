import { defineMutant } from '../mutant.ts'
import { changedCall } from '../upstream-calls.ts'

export const manyWithoutScope = defineMutant({
  name: 'many-without-scope',
  defect: 'Posts that are created together have no scope; one by one they have.',
  kills: { 'RULES-09': 'scope of attempt 1 of createMany (with a valid token)' },
  apply: (parts) =>
    changedCall(
      parts,
      ({ path }) => path.endsWith('/many'),
      ({ query: _, ...call }) => call,
    ),
})
