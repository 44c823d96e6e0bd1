import { defineMutant } from '../mutant.ts'

export const vaultEntryForAYear = defineMutant({
  name: 'vault-entry-for-a-year',
  defect: 'The entry in the vault lives a year, the refresh token in it seven days.',
  kills: { 'SESSION-19': 'the longest life of what the login left in the vault' },
  apply: (parts) => ({
    ...parts,
    vault(services) {
      const vault = parts.vault(services)
      return {
        ...vault,
        async create(key, entry) {
          await vault.create(key, entry)
          await services.redis.expire(`vault:${key}`, 365 * 24 * 3600)
        },
      }
    },
  }),
})
