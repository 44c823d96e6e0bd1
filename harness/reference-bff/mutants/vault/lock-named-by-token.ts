import { defineMutant } from '../mutant.ts'

export const lockNamedByToken = defineMutant({
  name: 'lock-named-by-token',
  defect: 'The lock of a renewal is named by the refresh token that it guards.',
  kills: {
    'VAULT-14': 'tokens that commands to the vault hold (names of locks, messages to channels)',
  },
  apply: (parts) => ({
    ...parts,
    leases: (services) => {
      const leases = parts.leases(services)
      return {
        async acquire(key) {
          const entry = await services.vault.read(key)
          return leases.acquire(entry?.tokens.refreshToken ?? key)
        },
      }
    },
  }),
})
