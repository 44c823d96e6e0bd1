import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { withoutClearSiteData } from '../without-clear-site-data.ts'

export const privatePageKeptWhole = defineMutant({
  name: 'private-page-kept-whole',
  defect:
    'The page whose script fetches the posts may be kept: Back shows it as it was left, posts and all, without a question.',
  kills: { 'LEAK-24': "the user's documents after logout, by Back to / as it was left" },
  apply: (parts) =>
    changedAnswer(withoutClearSiteData(parts), 'page', (answer) => {
      answer.headers.set('cache-control', 'no-cache')
      return answer
    }),
})
