import { defineMutant } from '../mutant.ts'
import { uncheckedPair } from '../unchecked-pair.ts'

export const halfPairSaved = defineMutant({
  name: 'half-pair-saved',
  defect:
    'A renewal without an access token is saved with an empty one, and the session can neither be used nor ended.',
  kills: { 'REFRESH-19': 'the session later on, after no accessToken' },
  apply: (parts) => {
    const unchecked = uncheckedPair(parts, ({ accessToken, refreshToken }) =>
      accessToken === undefined && refreshToken !== undefined
        ? { accessToken: '', refreshToken }
        : undefined,
    )
    return {
      ...unchecked,
      http: (services) => {
        const http = unchecked.http(services)
        return {
          ...http,
          async backend(call, bearer) {
            if (bearer === '') throw new TypeError('no token to send')
            return http.backend(call, bearer)
          },
        }
      },
    }
  },
})
