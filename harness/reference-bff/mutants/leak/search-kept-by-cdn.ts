import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const searchKeptByCdn = defineMutant({
  name: 'search-kept-by-cdn',
  defect: 'Lists are private, but searches, which cost more, may be kept by shared caches.',
  kills: { 'LEAK-17': 'filtered list for a second user' },
  apply: (parts) =>
    changedAnswer(parts, 'list', (answer, { c }) => {
      if (c.req.query('q') !== undefined)
        answer.headers.set('cache-control', 'public, max-age=30, stale-while-revalidate=300')
      return answer
    }),
})
