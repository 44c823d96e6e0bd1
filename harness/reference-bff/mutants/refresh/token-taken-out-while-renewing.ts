import { defineMutant } from '../mutant.ts'

export const tokenTakenOutWhileRenewing = defineMutant({
  name: 'token-taken-out-while-renewing',
  defect:
    'To be sure that nobody else uses it, the refresh token is taken out of the vault before the renewal; when that fails it is lost.',
  kills: { 'REFRESH-12': /^the same cookie after .* is over$/ },
  apply: (parts) => ({
    ...parts,
    authentication: (services) => {
      const authentication = parts.authentication(services)
      const spent = new Set<string>()
      return {
        ...authentication,
        async renew(refreshToken) {
          if (spent.has(refreshToken)) return { kind: 'ended' }
          spent.add(refreshToken)
          return authentication.renew(refreshToken)
        },
      }
    },
  }),
})
