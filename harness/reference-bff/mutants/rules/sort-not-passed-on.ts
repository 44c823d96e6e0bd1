import { changedCall } from '../upstream-calls.ts'
import { defineMutant } from '../mutant.ts'

export const sortNotPassedOn = defineMutant({
  name: 'sort-not-passed-on',
  defect: 'The list comes in the usual order, whatever order is asked for.',
  kills: { 'RULES-07': 'the sort upstream' },
  apply: (parts) =>
    changedCall(
      parts,
      ({ query }) => query?.['sort'] !== undefined,
      (call) => ({ ...call, query: { ...call.query, sort: '-createdAt' } }),
    ),
})
