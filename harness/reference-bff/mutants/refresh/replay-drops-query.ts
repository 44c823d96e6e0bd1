import { defineMutant } from '../mutant.ts'
import { changedReplay } from '../replay-call.ts'

export const replayDropsQuery = defineMutant({
  name: 'replay-drops-query',
  defect: 'A create that is repeated after a renewal has lost its query, and with it the scope.',
  kills: { 'REFRESH-14': 'content type and query' },
  apply: (parts) =>
    changedReplay(parts, ({ query, ...call }) =>
      call.method === 'POST' || query === undefined ? call : { ...call, query },
    ),
})
