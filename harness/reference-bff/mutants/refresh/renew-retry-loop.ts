import { defineMutant } from '../mutant.ts'

const TIMES = 5

export const renewRetryLoop = defineMutant({
  name: 'renew-retry-loop',
  defect: 'A renewal that does not succeed is sent again at once, up to five times.',
  kills: { 'REFRESH-18': 'renewals by the call whose renewal was lost' },
  collateral: ['REFRESH-29'],
  apply: (parts) => ({
    ...parts,
    authentication: (services) => {
      const authentication = parts.authentication(services)
      return {
        ...authentication,
        async renew(refreshToken) {
          let outcome = await authentication.renew(refreshToken)
          for (let time = 1; time < TIMES && outcome.kind !== 'tokens'; time += 1)
            outcome = await authentication.renew(refreshToken)
          return outcome
        },
      }
    },
  }),
})
