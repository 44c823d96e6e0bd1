import { defineMutant } from '../mutant.ts'
import { uncheckedPair } from '../unchecked-pair.ts'

export const storesUndefined = defineMutant({
  name: 'stores-undefined',
  defect: 'A renewal without a refresh token is saved as it is, and "undefined" is sent later on.',
  kills: {
    'REFRESH-19': 'calls that carry a word in the place of a token, after no refreshToken',
  },
  apply: (parts) =>
    uncheckedPair(parts, ({ accessToken, refreshToken }) => ({
      accessToken: String(accessToken),
      refreshToken: String(refreshToken),
    })),
})
