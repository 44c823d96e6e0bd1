import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { rebuilt } from '../rebuild.ts'
import { renewNow } from '../renewals.ts'

export const middlewareRefreshPerRequest = defineMutant({
  name: 'middleware-refresh-per-request',
  defect:
    'Pages renew in a middleware of their own, each request for itself; only the API shares a renewal.',
  kills: { 'REFRESH-21': 'renewals' },
  collateral: ['REFRESH-29'],
  apply: (parts) =>
    wrappedRoute(
      parts,
      'postsPage',
      (_, services) => async (c) =>
        rebuilt(services, parts, {
          renewal: {
            renew: (key, used) => renewNow(services, key, used),
            idle: () => Promise.resolve(),
          },
        }).postsPage(c),
    ),
})
