import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfRequest } from '../session-entry.ts'

export const debugQueryShowsSession = defineMutant({
  name: 'debug-query-shows-session',
  defect: 'With debug=1 in the query the list shows the session as well.',
  kills: { 'LEAK-19': 'secrets at known paths' },
  apply: (parts) =>
    changedAnswer(parts, 'list', async (answer, { c, services }) => {
      if (c.req.query('debug') !== '1') return answer
      const session = await entryOfRequest(c, services)
      return c.json({ ...((await answer.json()) as object), session })
    }),
})
