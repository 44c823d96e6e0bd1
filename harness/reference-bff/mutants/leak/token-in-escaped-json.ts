import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfRequest } from '../session-entry.ts'

export const tokenInEscapedJson = defineMutant({
  name: 'token-in-escaped-json',
  defect:
    'The list holds a JSON within JSON, of which every character is escaped, with the access token.',
  kills: { 'LEAK-01': 'tokens in answers' },
  apply: (parts) =>
    changedAnswer(parts, 'list', async (answer, { c, services }) => {
      const { tokens } = await entryOfRequest(c, services)
      const escaped = Array.from(tokens.accessToken)
        .map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join('')
      const body = (await answer.text()).replace(/}$/, `,"trace":"${escaped}"}`)
      return c.body(body, 200, { 'content-type': 'application/json' })
    }),
})
