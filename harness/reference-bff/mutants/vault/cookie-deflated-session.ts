import { deflateRawSync } from 'node:zlib'
import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfLogin } from '../session-entry.ts'

export const cookieDeflatedSession = defineMutant({
  name: 'cookie-deflated-session',
  defect: 'The tokens are also kept in a cookie, deflated and Base64url-encoded but not encrypted.',
  kills: { 'VAULT-02': 'tokens in cookies' },
  collateral: ['VAULT-01', 'VAULT-03', 'LEAK-01'],
  apply: (parts) =>
    changedAnswer(parts, 'login', async (answer, { services }) => {
      const { tokens } = await entryOfLogin(answer, services)
      const value = deflateRawSync(JSON.stringify(tokens)).toString('base64url')
      answer.headers.append('set-cookie', `bff_state=${value}; Path=/; HttpOnly`)
      return answer
    }),
})
