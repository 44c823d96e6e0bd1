import type { Lease } from '../../lease.ts'
import { defineMutant } from '../mutant.ts'

const PATIENCE_MS = 300

const noLease: Lease = { release: () => Promise.resolve() }

export const lockTimeoutThenProceed = defineMutant({
  name: 'lock-timeout-then-proceed',
  defect: 'A lock that Redis does not grant or refuse in a third of a second is done without.',
  kills: { 'RESIL-06': 'renewals under way at one moment' },
  apply: (parts) => ({
    ...parts,
    leases: (services) => {
      const leases = parts.leases(services)
      return {
        acquire: (key) =>
          new Promise((resolve, reject) => {
            const timer = setTimeout(() => {
              resolve(noLease)
            }, PATIENCE_MS)
            leases
              .acquire(key)
              .then(resolve, reject)
              .finally(() => {
                clearTimeout(timer)
              })
          }),
      }
    },
  }),
})
