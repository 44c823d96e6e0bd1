import { changedCall } from '../upstream-calls.ts'
import { defineMutant } from '../mutant.ts'

export const searchTermTooLoose = defineMutant({
  name: 'search-term-too-loose',
  defect:
    'A search sends the term together with a wildcard that matches everything; the browser is left to filter.',
  kills: { 'RULES-04': 'documents in the answer that do not match' },
  apply: (parts) =>
    changedCall(
      parts,
      ({ path }) => path.startsWith('/database/function/'),
      (call) => ({
        ...call,
        query: { ...call.query, term: '%', wanted: call.query?.['term'] ?? '' },
      }),
    ),
})
