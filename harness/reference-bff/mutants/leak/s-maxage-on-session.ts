import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const sMaxageOnSession = defineMutant({
  name: 's-maxage-on-session',
  defect: 'The list may be kept by shared caches for a minute.',
  kills: { 'LEAK-16': /^Cache-Control of GET/ },
  apply: (parts) =>
    changedAnswer(parts, 'list', (answer) => {
      answer.headers.set('cache-control', 's-maxage=60, stale-while-revalidate=30')
      return answer
    }),
})
