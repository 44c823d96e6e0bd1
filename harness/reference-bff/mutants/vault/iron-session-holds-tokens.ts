import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfLogin } from '../session-entry.ts'

export const ironSessionHoldsTokens = defineMutant({
  name: 'iron-session-holds-tokens',
  defect:
    'The tokens travel in an encrypted cookie, so that a long token makes a cookie that browsers drop.',
  kills: { 'VAULT-03': 'bytes of the login cookies with a small and with a large token' },
  apply: (parts) =>
    changedAnswer(parts, 'login', async (answer, { services }) => {
      const { tokens } = await entryOfLogin(answer, services)
      const sealed = services.seal.close(JSON.stringify(tokens), 'cookie')
      answer.headers.append('set-cookie', `bff_sealed=${sealed}; Path=/; HttpOnly; Secure`)
      return answer
    }),
})
