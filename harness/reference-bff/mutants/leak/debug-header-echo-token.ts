import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfRequest } from '../session-entry.ts'

export const debugHeaderEchoToken = defineMutant({
  name: 'debug-header-echo-token',
  defect: 'A debug header of the list names the token that was sent to the backend.',
  kills: { 'LEAK-01': 'tokens in answers' },
  apply: (parts) =>
    changedAnswer(parts, 'list', async (answer, { c, services }) => {
      const { tokens } = await entryOfRequest(c, services)
      answer.headers.set('x-debug-upstream', `GET /database/Post Bearer ${tokens.accessToken}`)
      return answer
    }),
})
