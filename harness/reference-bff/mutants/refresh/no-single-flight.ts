import { defineMutant } from '../mutant.ts'
import { renewNow } from '../renewals.ts'

export const noSingleFlight = defineMutant({
  name: 'no-single-flight',
  defect: 'Every call that gets a 401 renews for itself.',
  kills: { 'REFRESH-04': 'renewals', 'REFRESH-29': 'spent refresh tokens presented, by check' },
  collateral: ['REFRESH-05', 'REFRESH-06', 'REFRESH-24', 'REFRESH-29'],
  apply: (parts) => ({
    ...parts,
    renewal: (services) => ({
      renew: (key, used) => renewNow(services, key, used),
      idle: () => Promise.resolve(),
    }),
  }),
})
