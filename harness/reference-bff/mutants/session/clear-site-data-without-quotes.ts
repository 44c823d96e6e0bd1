import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const clearSiteDataWithoutQuotes = defineMutant({
  name: 'clear-site-data-without-quotes',
  defect: 'Logout names what is to be cleared without the quotes that browsers ask for.',
  kills: { 'SESSION-26': 'Clear-Site-Data of the logout' },
  apply: (parts) =>
    changedAnswer(parts, 'logout', (answer) => {
      answer.headers.set('clear-site-data', 'cache, storage')
      return answer
    }),
})
