import { beginSession } from '../../begin-session.ts'
import { defineMutant } from '../mutant.ts'
import { readJson } from '../../read-json.ts'

export const loginLeavesSessionBefore = defineMutant({
  name: 'login-leaves-session-before',
  defect:
    'A login gives a new id, and leaves the session that the browser had before in the vault.',
  kills: { 'SESSION-06': 'list with the cookies of the user from before' },
  apply: (parts) => ({
    ...parts,
    login:
      ({ authentication, sessions, vault }) =>
      async (c) => {
        const { email, password } = (await readJson(c)) as { email: string; password: string }
        const tokens = await authentication.signIn(email, password)
        const kept = { ...vault, remove: () => Promise.resolve() }
        await beginSession(c, tokens, { sessions, vault: kept })
        return c.json({ ok: true })
      },
  }),
})
