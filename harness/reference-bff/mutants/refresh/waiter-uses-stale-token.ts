import { setTimeout as delay } from 'node:timers/promises'
import type { Lease } from '../../lease.ts'
import type { Services } from '../../services.ts'
import type { Entry } from '../../vault.ts'
import { defineMutant } from '../mutant.ts'
import { renewNow } from '../renewals.ts'

async function waitForLease({ leases }: Services, key: string): Promise<Lease> {
  for (;;) {
    const lease = await leases.acquire(key)
    if (lease) return lease
    await delay(20)
  }
}

export const waiterUsesStaleToken = defineMutant({
  name: 'waiter-uses-stale-token',
  defect:
    'An instance that waited for the lock renews with the refresh token it read before the wait.',
  kills: { 'REFRESH-05': 'renewals' },
  collateral: ['REFRESH-06', 'REFRESH-29'],
  apply: (parts) => ({
    ...parts,
    renewal: (services) => {
      const flights = new Map<string, Promise<Entry>>()
      const begin = (key: string, used: Entry) =>
        waitForLease(services, key).then((lease) =>
          renewNow(services, key, used).finally(() => lease.release()),
        )
      return {
        renew(key, used) {
          const flight = flights.get(key) ?? begin(key, used)
          flights.set(key, flight)
          return flight.finally(() => flights.delete(key))
        },
        idle: () => Promise.resolve(),
      }
    },
  }),
})
