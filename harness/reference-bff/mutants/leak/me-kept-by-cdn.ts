import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const meKeptByCdn = defineMutant({
  name: 'me-kept-by-cdn',
  defect: 'Who is signed in may be kept for ten seconds, by anybody: max-age without private.',
  kills: { 'LEAK-17': 'me for a second user' },
  collateral: ['LEAK-16'],
  apply: (parts) =>
    changedAnswer(parts, 'me', (answer) => {
      answer.headers.set('cache-control', 'max-age=10')
      return answer
    }),
})
