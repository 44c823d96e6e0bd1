import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfRequest } from '../session-entry.ts'

export const tokenAsUtf16 = defineMutant({
  name: 'token-as-utf16',
  defect:
    'Who is signed in is told with the refresh token as a key of the store: two bytes a character, Base64-encoded.',
  kills: { 'LEAK-01': 'tokens in answers' },
  apply: (parts) =>
    changedAnswer(parts, 'me', async (answer, { c, services }) => {
      const { tokens } = await entryOfRequest(c, services)
      const user = (await answer.json()) as Record<string, unknown>
      return c.json({
        ...user,
        key: Buffer.from(tokens.refreshToken, 'utf16le').toString('base64'),
      })
    }),
})
