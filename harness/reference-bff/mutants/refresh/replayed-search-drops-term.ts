import { defineMutant } from '../mutant.ts'
import { changedReplay } from '../replay-call.ts'

export const replayedSearchDropsTerm = defineMutant({
  name: 'replayed-search-drops-term',
  defect: 'A search that is repeated after a renewal asks for everything.',
  kills: { 'REFRESH-01': 'refused calls of a search that were repeated with another query' },
  apply: (parts) =>
    changedReplay(parts, (call) =>
      call.query?.['term'] === undefined ? call : { ...call, query: { ...call.query, term: '' } },
    ),
})
