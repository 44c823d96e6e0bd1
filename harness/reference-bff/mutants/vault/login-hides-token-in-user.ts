import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfLogin } from '../session-entry.ts'

export const loginHidesTokenInUser = defineMutant({
  name: 'login-hides-token-in-user',
  defect:
    'The login answers an "opaque" state of the user that is Base64 of a JSON with the refresh token.',
  kills: { 'VAULT-01': 'tokens in the login answer' },
  collateral: ['LEAK-01'],
  apply: (parts) =>
    changedAnswer(parts, 'login', async (answer, { c, services }) => {
      const entry = await entryOfLogin(answer, services)
      const state = { user: entry.userId, resume: entry.tokens.refreshToken }
      return c.json({ ok: true, state: Buffer.from(JSON.stringify(state)).toString('base64') })
    }),
})
