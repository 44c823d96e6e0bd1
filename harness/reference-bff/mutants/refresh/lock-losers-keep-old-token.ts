import { defineMutant } from '../mutant.ts'
import { renewNow } from '../renewals.ts'

export const lockLosersKeepOldToken = defineMutant({
  name: 'lock-losers-keep-old-token',
  defect:
    'One call takes the lock and renews; the others do not wait and try again with the token they have.',
  kills: { 'REFRESH-04': 'answers to the client' },
  collateral: ['REFRESH-05', 'REFRESH-06', 'REFRESH-24'],
  apply: (parts) => ({
    ...parts,
    renewal: (services) => ({
      async renew(key, used) {
        const lease = await services.leases.acquire(key)
        if (!lease) return used
        return renewNow(services, key, used).finally(() => lease.release())
      },
      idle: () => Promise.resolve(),
    }),
  }),
})
