import { waitAtMost } from '../../deadline.ts'
import { unavailable } from '../../failure.ts'
import type { Entry } from '../../vault.ts'
import { defineMutant } from '../mutant.ts'

export const flightNamedByUser = defineMutant({
  name: 'flight-named-by-user',
  defect:
    'Callers share a renewal by the name of the user: of two sessions of one user, the second is given the tokens of the first.',
  kills: { 'REFRESH-23': /(of|to|that) two sessions of one user/ },
  apply: (parts) => ({
    ...parts,
    renewal: (services) => {
      const renewal = parts.renewal(services)
      const flights = new Map<string, Promise<Entry>>()
      return {
        ...renewal,
        renew(key, used) {
          const flight =
            flights.get(used.userId) ??
            renewal.renew(key, used).finally(() => flights.delete(used.userId))
          flights.set(used.userId, flight)
          return waitAtMost(services.settings.renewWaitMs, flight, () =>
            unavailable(503, 'renewal_pending'),
          )
        },
      }
    },
  }),
})
