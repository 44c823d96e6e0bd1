import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfLogin } from '../session-entry.ts'

export const cookieBase64JsonSession = defineMutant({
  name: 'cookie-base64-json-session',
  defect: 'The session, tokens included, is also kept in a cookie as Base64 of JSON.',
  kills: { 'VAULT-02': 'tokens in cookies' },
  collateral: ['VAULT-01', 'VAULT-03', 'LEAK-01'],
  apply: (parts) =>
    changedAnswer(parts, 'login', async (answer, { services }) => {
      const { tokens } = await entryOfLogin(answer, services)
      const value = Buffer.from(JSON.stringify({ passport: tokens })).toString('base64')
      answer.headers.append('set-cookie', `bff_data=${encodeURIComponent(value)}; Path=/; HttpOnly`)
      return answer
    }),
})
