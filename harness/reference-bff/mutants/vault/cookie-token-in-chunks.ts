import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfRequest } from '../session-entry.ts'

export const cookieTokenInChunks = defineMutant({
  name: 'cookie-token-in-chunks',
  defect:
    'A list answer sets the access token in two cookies, each with a half that says little alone.',
  kills: { 'VAULT-02': 'tokens in cookies' },
  collateral: ['LEAK-01'],
  apply: (parts) =>
    changedAnswer(parts, 'list', async (answer, { c, services }) => {
      const token = (await entryOfRequest(c, services)).tokens.accessToken
      const half = Math.ceil(token.length / 2)
      for (const [index, part] of [token.slice(0, half), token.slice(half)].entries())
        answer.headers.append('set-cookie', `bff_cache.${index}=${part}; Path=/; HttpOnly`)
      return answer
    }),
})
