import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const oversizeCookie = defineMutant({
  name: 'oversize-cookie',
  defect: 'The list leaves what it showed in a cookie, which grows past what browsers keep.',
  kills: { 'SESSION-05': 'cookies of more than 4096 bytes' },
  apply: (parts) =>
    changedAnswer(parts, 'list', (answer) => {
      const value = 'p'.repeat(4200)
      answer.headers.append(
        'set-cookie',
        `seen=${value}; Path=/; Secure; HttpOnly; SameSite=Strict`,
      )
      return answer
    }),
})
