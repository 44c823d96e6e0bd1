import { cachedList } from '../cached-list.ts'
import { defineMutant } from '../mutant.ts'

export const listCacheNeverCleared = defineMutant({
  name: 'list-cache-never-cleared',
  defect: "Each session's list is kept and not fetched again after a create.",
  kills: { 'LEAK-18': 'an upstream call for the list after a create' },
  apply: (parts) => cachedList(parts, (key) => key),
})
