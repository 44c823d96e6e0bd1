import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfLogin } from '../session-entry.ts'

export const loginReturnsBackendJson = defineMutant({
  name: 'login-returns-backend-json',
  defect: 'The login answers what the backend answered, tokens included.',
  kills: { 'VAULT-01': 'tokens in the login answer' },
  collateral: ['LEAK-01'],
  apply: (parts) =>
    changedAnswer(parts, 'login', async (answer, { c, services }) => {
      const { tokens } = await entryOfLogin(answer, services)
      return c.json({ ok: true, ...tokens })
    }),
})
