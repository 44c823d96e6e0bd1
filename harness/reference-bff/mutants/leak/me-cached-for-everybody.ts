import { defineMutant } from '../mutant.ts'
import { cachedCalls } from '../cached-list.ts'

export const meCachedForEverybody = defineMutant({
  name: 'me-cached-for-everybody',
  defect: 'Who is signed in is cached by path: the second user is told to be the first.',
  kills: { 'LEAK-18': "another user's address in the me" },
  apply: (parts) =>
    cachedCalls(parts, ({ path }) => (path === '/authentication/user' ? path : undefined)),
})
