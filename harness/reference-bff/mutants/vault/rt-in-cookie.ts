import { sessionOver } from '../../failure.ts'
import type { Parts, Services } from '../../services.ts'
import type { Entry } from '../../vault.ts'
import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfLogin, entryOfRequest } from '../session-entry.ts'

const NAME = 'bff_refresh'

const asCookie = ({ seal }: Services, entry: Entry) =>
  `${NAME}=${seal.close(JSON.stringify(entry), NAME)}; Path=/; HttpOnly; Secure; SameSite=Strict`

function withCookie(parts: Parts, route: 'login' | 'list'): Parts {
  return changedAnswer(parts, route, async (answer, { c, services }) => {
    const entry = await (route === 'login'
      ? entryOfLogin(answer, services)
      : entryOfRequest(c, services))
    answer.headers.append('set-cookie', asCookie(services, entry))
    return answer
  })
}

export const rtInCookie = defineMutant({
  name: 'rt-in-cookie',
  defect:
    'The tokens that count are those in a sealed cookie: an old copy of it presents a spent refresh token.',
  kills: { 'VAULT-04': 'renewals for the old copy' },
  collateral: ['VAULT-03', 'REFRESH-04', 'REFRESH-05', 'REFRESH-06'],
  apply: (parts) => ({
    ...withCookie(withCookie(parts, 'login'), 'list'),
    sessions: (services) => {
      const sessions = parts.sessions(services)
      return {
        ...sessions,
        async require(cookies) {
          const session = await sessions.require(cookies)
          const sealed = new RegExp(`${NAME}=([\\w-]+)`).exec(cookies ?? '')?.[1] ?? ''
          const text = services.seal.open(sealed, NAME)
          return text === undefined ? session : { ...session, entry: JSON.parse(text) as Entry }
        },
      }
    },
    renewal: ({ authentication, vault }) => ({
      async renew(key, used) {
        const outcome = await authentication.renew(used.tokens.refreshToken)
        if (outcome.kind === 'unavailable') throw outcome.failure
        if (outcome.kind === 'ended') throw sessionOver()
        const next = { ...used, generation: used.generation + 1, tokens: outcome.tokens }
        await vault.replace(key, used.generation, next)
        return next
      },
      idle: () => Promise.resolve(),
    }),
  }),
})
