import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfLogin } from '../session-entry.ts'

export const tokenInCookieName = defineMutant({
  name: 'token-in-cookie-name',
  defect: 'A cookie that remembers which token was last used has a piece of it in its name.',
  kills: { 'VAULT-02': 'tokens in cookies' },
  collateral: ['VAULT-01', 'LEAK-01'],
  apply: (parts) =>
    changedAnswer(parts, 'login', async (answer, { services }) => {
      const { tokens } = await entryOfLogin(answer, services)
      const mark = tokens.accessToken.split('.')[2] ?? ''
      answer.headers.append('set-cookie', `seen_${mark}=1; Path=/; HttpOnly`)
      return answer
    }),
})
