import type { BffFailure } from '../../failure.ts'
import { defineMutant } from '../mutant.ts'

export const lostRenewalNeverEnds = defineMutant({
  name: 'lost-renewal-never-ends',
  defect:
    'Once a renewal was lost, its token counts as good for ever: each later refusal is answered as an outage.',
  kills: { 'REFRESH-18': 'the answer to call 4 at the latest' },
  apply: (parts) => ({
    ...parts,
    authentication: (services) => {
      const authentication = parts.authentication(services)
      const lost = new Map<string, BffFailure>()
      return {
        ...authentication,
        async renew(refreshToken) {
          const outcome = await authentication.renew(refreshToken)
          if (outcome.kind === 'unavailable') lost.set(refreshToken, outcome.failure)
          const failure = lost.get(refreshToken)
          return outcome.kind === 'ended' && failure ? { kind: 'unavailable', failure } : outcome
        },
      }
    },
  }),
})
