import { defineMutant } from '../mutant.ts'
import { unrenewed } from '../unrenewed-calls.ts'

export const searchWithoutRenewal = defineMutant({
  name: 'search-without-renewal',
  defect: 'Searches call the backend past the client that renews.',
  kills: { 'REFRESH-01': 'the answer to a search that needs a renewal' },
  apply: (parts) => unrenewed(parts, ({ path }) => path.startsWith('/database/function/')),
})
