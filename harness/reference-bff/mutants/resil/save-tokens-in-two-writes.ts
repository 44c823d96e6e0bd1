import { defineMutant } from '../mutant.ts'
import { wrappedReplace } from '../wrapped-replace.ts'

export const saveTokensInTwoWrites = defineMutant({
  name: 'save-tokens-in-two-writes',
  defect:
    'Of a renewed pair the access token is saved first, and the refresh token by a second command.',
  kills: { 'RESIL-07': /^list when the saved access token is over, lost after \d messages$/ },
  apply: (parts) =>
    wrappedReplace(parts, (replace, { vault }) => async (key, generation, next) => {
      const before = await vault.read(key)
      const refreshToken = before?.tokens.refreshToken ?? next.tokens.refreshToken
      const half = { ...next, tokens: { ...next.tokens, refreshToken } }
      if (!(await replace(key, generation, half))) return false
      return replace(key, next.generation, next)
    }),
})
