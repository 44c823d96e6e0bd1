import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfLogin } from '../session-entry.ts'
import type { Entry } from '../../vault.ts'

const NAME = 'bff_backup'

export const cookieFallbackTokens = defineMutant({
  name: 'cookie-fallback-tokens',
  defect:
    'A sealed cookie holds a second copy of the tokens, which is used when the vault has lost its own.',
  kills: { 'VAULT-10': 'list after the wipe' },
  collateral: ['VAULT-03', 'VAULT-08'],
  apply: (parts) => ({
    ...changedAnswer(parts, 'login', async (answer, { services }) => {
      const entry = await entryOfLogin(answer, services)
      const sealed = services.seal.close(JSON.stringify(entry), NAME)
      answer.headers.append(
        'set-cookie',
        `${NAME}=${sealed}; Path=/; HttpOnly; Secure; SameSite=Strict`,
      )
      return answer
    }),
    sessions: (services) => {
      const sessions = parts.sessions(services)
      const original = { ...sessions }
      return Object.assign(sessions, {
        require: (cookies: string | undefined) =>
          original.require(cookies).catch((error: unknown) => {
            const sealed = new RegExp(`${NAME}=([\\w-]+)`).exec(cookies ?? '')?.[1] ?? ''
            const text = services.seal.open(sealed, NAME)
            const id = sessions.idIn(cookies)
            if (text === undefined || id === undefined) throw error
            return { key: sessions.keyOf(id), entry: JSON.parse(text) as Entry }
          }),
      })
    },
  }),
})
