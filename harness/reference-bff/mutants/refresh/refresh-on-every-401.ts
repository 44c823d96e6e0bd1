import { sessionOver } from '../../failure.ts'
import type { Entry } from '../../vault.ts'
import { defineMutant } from '../mutant.ts'
import { renewNow } from '../renewals.ts'

export const refreshOnEvery401 = defineMutant({
  name: 'refresh-on-every-401',
  defect:
    'A 401 always renews, without a look whether the token that was refused is still the current one.',
  kills: { 'REFRESH-06': 'renewals' },
  apply: (parts) => ({
    ...parts,
    renewal: (services) => {
      const flights = new Map<string, Promise<Entry>>()
      const begin = async (key: string) => {
        const lease = await services.leases.acquire(key)
        const current = await services.vault.read(key)
        if (!current) throw sessionOver()
        return renewNow(services, key, current).finally(() => lease?.release())
      }
      return {
        renew(key) {
          const flight = flights.get(key) ?? begin(key)
          flights.set(key, flight)
          return flight.finally(() => flights.delete(key))
        },
        idle: () => Promise.resolve(),
      }
    },
  }),
})
