import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfRequest } from '../session-entry.ts'

export const tokenInEtagAfterRenewal = defineMutant({
  name: 'token-in-etag-after-renewal',
  defect:
    'Once a session was renewed, the ETag of its answers to a create is made from the end of the refresh token.',
  kills: { 'LEAK-01': 'tokens in answers' },
  apply: (parts) =>
    changedAnswer(parts, 'create', async (answer, { c, services }) => {
      const { generation, tokens } = await entryOfRequest(c, services)
      const tail = tokens.refreshToken.slice(-40)
      if (generation > 1) answer.headers.set('etag', `W/"${Buffer.from(tail).toString('base64')}"`)
      return answer
    }),
})
