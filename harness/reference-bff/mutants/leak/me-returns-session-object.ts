import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfRequest } from '../session-entry.ts'

export const meReturnsSessionObject = defineMutant({
  name: 'me-returns-session-object',
  defect: 'The answer to "who am I" holds the whole session, percent-encoded for the client store.',
  kills: { 'LEAK-01': 'tokens in answers' },
  apply: (parts) =>
    changedAnswer(parts, 'me', async (_, { c, services }) => {
      const entry = await entryOfRequest(c, services)
      return c.json({ id: entry.userId, state: encodeURIComponent(JSON.stringify(entry)) })
    }),
})
