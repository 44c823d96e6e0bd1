import { defineMutant } from '../mutant.ts'

export const renewedTokensPublished = defineMutant({
  name: 'renewed-tokens-published',
  defect: 'Renewed tokens are told to the other instances by a channel of Redis, in clear.',
  kills: {
    'VAULT-14': 'tokens that commands to the vault hold (names of locks, messages to channels)',
  },
  apply: (parts) => ({
    ...parts,
    vault: (services) => {
      const vault = parts.vault(services)
      return {
        ...vault,
        async replace(key, generation, next) {
          await services.redis.publish('renewed', JSON.stringify(next.tokens))
          return vault.replace(key, generation, next)
        },
      }
    },
  }),
})
