import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfRequest } from '../session-entry.ts'

export const tokenInHeaderOfSearch = defineMutant({
  name: 'token-in-header-of-search',
  defect: 'A search tells in a header which token it used; a list does not.',
  kills: { 'LEAK-01': 'tokens in answers' },
  apply: (parts) =>
    changedAnswer(parts, 'list', async (answer, { c, services }) => {
      if (c.req.query('q') === undefined) return answer
      const { tokens } = await entryOfRequest(c, services)
      answer.headers.set('x-used', tokens.accessToken)
      return answer
    }),
})
