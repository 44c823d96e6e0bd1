import { cachedList } from '../cached-list.ts'
import { defineMutant } from '../mutant.ts'

export const fetchCacheRevalidate = defineMutant({
  name: 'fetch-cache-revalidate',
  defect:
    'Answers of the backend are cached by URL alone, so that one user is shown what was fetched for another.',
  kills: { 'LEAK-18': /the first list of a user was fetched|users that the first list/ },
  collateral: ['VAULT-08', 'REFRESH-04'],
  apply: (parts) => cachedList(parts, () => 'everybody'),
})
