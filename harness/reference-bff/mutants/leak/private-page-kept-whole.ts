import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { withoutClearSiteData } from '../without-clear-site-data.ts'

export const privatePageKeptWhole = defineMutant({
  name: 'private-page-kept-whole',
  defect:
    'The rendered page must be asked for again, but may be kept: Back shows it as it was left, without a question.',
  kills: { 'LEAK-24': "the user's documents after logout, by Back to /posts as it was left" },
  apply: (parts) =>
    changedAnswer(withoutClearSiteData(parts), 'postsPage', (answer) => {
      answer.headers.set('cache-control', 'private, no-cache')
      return answer
    }),
})
