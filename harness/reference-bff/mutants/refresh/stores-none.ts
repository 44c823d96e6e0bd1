import { defineMutant } from '../mutant.ts'
import { uncheckedPair } from '../unchecked-pair.ts'

const written = (token: unknown) => (typeof token === 'string' ? token : 'None')

export const storesNone = defineMutant({
  name: 'stores-none',
  defect: 'A renewal without a refresh token is saved as it is, and "None" is sent later on.',
  kills: {
    'REFRESH-19': 'calls that carry a word in the place of a token, after no refreshToken',
  },
  apply: (parts) =>
    uncheckedPair(parts, ({ accessToken, refreshToken }) => ({
      accessToken: written(accessToken),
      refreshToken: written(refreshToken),
    })),
})
