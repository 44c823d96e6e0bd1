import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfLogin } from '../session-entry.ts'

export const loginTokenInHeader = defineMutant({
  name: 'login-token-in-header',
  defect: 'The login answers the access token in a header, in hexadecimal.',
  kills: { 'VAULT-01': 'tokens in the login answer' },
  collateral: ['LEAK-01'],
  apply: (parts) =>
    changedAnswer(parts, 'login', async (answer, { services }) => {
      const { tokens } = await entryOfLogin(answer, services)
      answer.headers.set('x-session-trace', Buffer.from(tokens.accessToken).toString('hex'))
      return answer
    }),
})
