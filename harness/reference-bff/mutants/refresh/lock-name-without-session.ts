import { defineMutant } from '../mutant.ts'

export const lockNameWithoutSession = defineMutant({
  name: 'lock-name-without-session',
  defect: 'The lock in Redis has one name for all sessions.',
  kills: { 'REFRESH-23': "the second user's answers" },
  apply: (parts) => ({
    ...parts,
    leases: (services) => {
      const leases = parts.leases(services)
      return { acquire: () => leases.acquire('session') }
    },
  }),
})
