import type { Entry } from '../../vault.ts'
import { defineMutant } from '../mutant.ts'
import { renewNow } from '../renewals.ts'

const MOST_SHARERS = 8

export const debouncedRenewal = defineMutant({
  name: 'debounced-renewal',
  defect: 'A renewal is shared by at most eight callers; the ninth begins another.',
  kills: { 'REFRESH-04': 'renewals' },
  collateral: ['REFRESH-05', 'REFRESH-06', 'REFRESH-29'],
  apply: (parts) => ({
    ...parts,
    renewal: (services) => {
      const flights = new Map<string, { promise: Promise<Entry>; sharers: number }>()
      return {
        renew(key, used) {
          const known = flights.get(key)
          const flight =
            known && known.sharers < MOST_SHARERS
              ? known
              : { promise: renewNow(services, key, used), sharers: 0 }
          flight.sharers += 1
          flights.set(key, flight)
          return flight.promise.finally(() => {
            if (flights.get(key) === flight) flights.delete(key)
          })
        },
        idle: () => Promise.resolve(),
      }
    },
  }),
})
