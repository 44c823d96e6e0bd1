import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { withoutClearSiteData } from '../without-clear-site-data.ts'

export const cacheablePrivatePage = defineMutant({
  name: 'cacheable-private-page',
  defect: 'The rendered page may be kept by the browser for ten minutes.',
  kills: { 'LEAK-24': "the user's documents after logout, by Back, to /posts" },
  apply: (parts) =>
    changedAnswer(withoutClearSiteData(parts), 'postsPage', (answer) => {
      answer.headers.set('cache-control', 'private, max-age=600')
      return answer
    }),
})
