import { defineMutant } from '../mutant.ts'

export const vaultNoTtlPlaintext = defineMutant({
  name: 'vault-no-ttl-plaintext',
  defect: 'The access token is also kept in clear, by user and without an end.',
  kills: { 'VAULT-14': 'keys that never go by themselves' },
  collateral: ['VAULT-09'],
  apply: (parts) => ({
    ...parts,
    vault: (services) => {
      const vault = parts.vault(services)
      return {
        ...vault,
        async create(key, entry) {
          await vault.create(key, entry)
          await services.redis.set(`token-of:${entry.userId}`, entry.tokens.accessToken)
        },
      }
    },
  }),
})
