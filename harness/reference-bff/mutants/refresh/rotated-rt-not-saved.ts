import { defineMutant } from '../mutant.ts'
import { savingOtherwise } from '../saved-entry.ts'

export const rotatedRtNotSaved = defineMutant({
  name: 'rotated-rt-not-saved',
  defect: 'A renewal saves the new access token and keeps the old refresh token.',
  kills: { 'REFRESH-03': 'refresh tokens presented' },
  apply: (parts) =>
    savingOtherwise(parts, (next, before) => ({
      ...next,
      tokens: { ...next.tokens, refreshToken: before.tokens.refreshToken },
    })),
})
