import { defineMutant } from '../mutant.ts'

export const saveTokensInTwoWrites = defineMutant({
  name: 'save-tokens-in-two-writes',
  defect:
    'Of a renewed pair the access token is saved first, and the refresh token by a second command.',
  kills: { 'RESIL-07': /^list when the saved access token is over, lost after \d messages$/ },
  apply: (parts) => ({
    ...parts,
    vault(services) {
      const vault = parts.vault(services)
      return {
        ...vault,
        async replace(key, generation, next) {
          const before = await vault.read(key)
          const refreshToken = before?.tokens.refreshToken ?? next.tokens.refreshToken
          const half = { ...next, tokens: { ...next.tokens, refreshToken } }
          if (!(await vault.replace(key, generation, half))) return false
          return vault.replace(key, next.generation, next)
        },
      }
    },
  }),
})
