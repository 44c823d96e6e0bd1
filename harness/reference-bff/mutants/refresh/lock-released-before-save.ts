import type { Lease } from '../../lease.ts'
import { defineMutant } from '../mutant.ts'

export const lockReleasedBeforeSave = defineMutant({
  name: 'lock-released-before-save',
  defect: 'The lock is given back when the backend has answered, before the new pair is saved.',
  kills: { 'REFRESH-07': 'renewals, saved slowly' },
  collateral: ['REFRESH-29'],
  apply: (parts) => {
    const held = new Set<Lease>()
    return {
      ...parts,
      leases: (services) => {
        const leases = parts.leases(services)
        return {
          async acquire(key) {
            const lease = await leases.acquire(key)
            if (lease) held.add(lease)
            return lease
          },
        }
      },
      authentication: (services) => {
        const authentication = parts.authentication(services)
        return {
          ...authentication,
          async renew(refreshToken) {
            const outcome = await authentication.renew(refreshToken)
            for (const lease of held) await lease.release()
            held.clear()
            return outcome
          },
        }
      },
    }
  },
})
