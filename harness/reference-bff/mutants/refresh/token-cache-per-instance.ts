import type { Entry } from '../../vault.ts'
import { defineMutant } from '../mutant.ts'

export const tokenCachePerInstance = defineMutant({
  name: 'token-cache-per-instance',
  defect:
    'An instance keeps the tokens that it has read and renews only those it renewed itself: what another renewed is looked up at each call anew, after a 401.',
  kills: { 'REFRESH-25': 'calls with the old token on instance 2' },
  collateral: ['VAULT-04', 'REFRESH-03'],
  apply: (parts) => {
    const own = new Set<string>()
    return {
      ...parts,
      authentication: (services) => {
        const authentication = parts.authentication(services)
        return {
          ...authentication,
          async renew(refreshToken) {
            const outcome = await authentication.renew(refreshToken)
            if (outcome.kind === 'tokens') own.add(outcome.tokens.accessToken)
            return outcome
          },
        }
      },
      conduit: (services) => {
        const conduit = parts.conduit(services)
        const cache = new Map<string, Entry>()
        return {
          ...conduit,
          async json(session, call) {
            session.entry = cache.get(session.key) ?? session.entry
            cache.set(session.key, session.entry)
            const answer = await conduit.json(session, call)
            if (own.has(session.entry.tokens.accessToken)) cache.set(session.key, session.entry)
            return answer
          },
        }
      },
    }
  },
})
