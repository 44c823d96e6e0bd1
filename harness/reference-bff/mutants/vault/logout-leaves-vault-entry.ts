import { defineMutant } from '../mutant.ts'

export const logoutLeavesVaultEntry = defineMutant({
  name: 'logout-leaves-vault-entry',
  defect: 'Logout puts the entry aside under another name instead of deleting it.',
  kills: {
    'VAULT-09': 'entries of the session left in the vault after logout',
    'VAULT-15': 'bytes in the vault after logout and login',
  },
  apply: (parts) => ({
    ...parts,
    vault: (services) => ({
      ...parts.vault(services),
      async remove(key) {
        await services.redis
          .rename(`vault:${key}`, `ended:${key}`)
          .catch(() => 'there was no such entry')
      },
    }),
  }),
})
