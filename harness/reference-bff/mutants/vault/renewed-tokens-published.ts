import { defineMutant } from '../mutant.ts'
import { wrappedReplace } from '../wrapped-replace.ts'

export const renewedTokensPublished = defineMutant({
  name: 'renewed-tokens-published',
  defect: 'Renewed tokens are told to the other instances by a channel of Redis, in clear.',
  kills: {
    'VAULT-14': 'tokens that commands to the vault hold (names of locks, messages to channels)',
  },
  apply: (parts) =>
    wrappedReplace(parts, (replace, { services }) => async (key, generation, next) => {
      await services.redis.publish('renewed', JSON.stringify(next.tokens))
      return replace(key, generation, next)
    }),
})
