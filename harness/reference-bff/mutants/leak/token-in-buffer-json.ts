import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfRequest } from '../session-entry.ts'

export const tokenInBufferJson = defineMutant({
  name: 'token-in-buffer-json',
  defect:
    'Who is signed in is told with the access token as a Buffer, of which JSON makes a list of numbers.',
  kills: { 'LEAK-01': 'tokens in answers' },
  apply: (parts) =>
    changedAnswer(parts, 'me', async (answer, { c, services }) => {
      const { tokens } = await entryOfRequest(c, services)
      const user = (await answer.json()) as Record<string, unknown>
      return c.json({ ...user, proof: Buffer.from(tokens.accessToken) })
    }),
})
