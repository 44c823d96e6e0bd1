import { defineMutant } from '../mutant.ts'

export const logsStartOfRefreshToken = defineMutant({
  name: 'logs-start-of-refresh-token',
  defect: 'A renewal that fails prints the first 40 characters of the refresh token.',
  kills: { 'LEAK-20': 'secrets in what the target printed' },
  needsProcess: true,
  apply: (parts) => ({
    ...parts,
    authentication: (services) => {
      const authentication = parts.authentication(services)
      return {
        ...authentication,
        async renew(refreshToken) {
          const outcome = await authentication.renew(refreshToken)
          if (outcome.kind !== 'tokens')
            process.stderr.write(`renewal with ${refreshToken.slice(0, 40)}… failed\n`)
          return outcome
        },
      }
    },
  }),
})
