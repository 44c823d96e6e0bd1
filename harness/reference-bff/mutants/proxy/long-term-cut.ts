import { defineMutant } from '../mutant.ts'
import { changedCall } from '../upstream-calls.ts'

export const longTermCut = defineMutant({
  name: 'long-term-cut',
  defect: 'Of a long search only the first fifty characters go to the backend.',
  kills: { 'PROXY-12': /^what q=word.* says upstream$/ },
  apply: (parts) =>
    changedCall(
      parts,
      ({ query }) => query?.['term'] !== undefined,
      ({ query = {}, ...call }) => ({
        ...call,
        query: { ...query, term: (query['term'] ?? '').slice(0, 50) },
      }),
    ),
})
