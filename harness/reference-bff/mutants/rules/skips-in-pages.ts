import { changedCall } from '../upstream-calls.ts'
import { defineMutant } from '../mutant.ts'

export const skipsInPages = defineMutant({
  name: 'skips-in-pages',
  defect: 'The number of the page is sent as skip, as if the backend counted in pages.',
  kills: { 'RULES-05': /^skips upstream for page/ },
  apply: (parts) =>
    changedCall(
      parts,
      ({ query }) => query?.['skip'] !== undefined,
      (call) => ({
        ...call,
        query: { ...call.query, skip: String(Number(call.query?.['skip']) / 20) },
      }),
    ),
})
