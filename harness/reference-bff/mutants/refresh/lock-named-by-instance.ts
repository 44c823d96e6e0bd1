import { randomUUID } from 'node:crypto'
import { defineMutant } from '../mutant.ts'

export const lockNamedByInstance = defineMutant({
  name: 'lock-named-by-instance',
  defect: "The lock is in Redis, but its name holds the instance's own id.",
  kills: { 'REFRESH-05': 'renewals' },
  collateral: ['REFRESH-29'],
  apply: (parts) => ({
    ...parts,
    leases: (services) => {
      const instance = randomUUID()
      const leases = parts.leases(services)
      return { acquire: (key) => leases.acquire(`${key}:${instance}`) }
    },
  }),
})
