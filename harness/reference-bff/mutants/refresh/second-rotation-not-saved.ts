import { defineMutant } from '../mutant.ts'
import { savingOtherwise } from '../saved-entry.ts'

export const secondRotationNotSaved = defineMutant({
  name: 'second-rotation-not-saved',
  defect: 'The refresh token of the first renewal is saved, that of every later one is not.',
  kills: { 'REFRESH-03': 'refresh tokens presented' },
  apply: (parts) =>
    savingOtherwise(parts, (next, before) =>
      before.generation === 1
        ? next
        : { ...next, tokens: { ...next.tokens, refreshToken: before.tokens.refreshToken } },
    ),
})
