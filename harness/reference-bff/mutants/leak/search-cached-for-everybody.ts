import { cachedCalls } from '../cached-list.ts'
import { defineMutant } from '../mutant.ts'

export const searchCachedForEverybody = defineMutant({
  name: 'search-cached-for-everybody',
  defect:
    'Lists are fetched for each user, but the results of a search are cached by its term alone.',
  kills: { 'LEAK-18': 'users that the first filtered list of a user was fetched for' },
  apply: (parts) =>
    cachedCalls(parts, ({ path, query }) =>
      path.startsWith('/database/function/') ? `${path} ${query?.['term'] ?? ''}` : undefined,
    ),
})
