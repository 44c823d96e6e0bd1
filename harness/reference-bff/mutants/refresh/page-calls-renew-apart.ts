import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { rebuilt } from '../rebuild.ts'
import { renewNow } from '../renewals.ts'

export const pageCallsRenewApart = defineMutant({
  name: 'page-calls-renew-apart',
  defect: 'A page is rendered from calls that run side by side and each renew for themselves.',
  kills: { 'REFRESH-20': /^renewals while .* is opened$/ },
  collateral: ['REFRESH-21', 'REFRESH-29'],
  apply: (parts) =>
    wrappedRoute(parts, 'postsPage', (_, services) => async (c) => {
      const apart = rebuilt(services, parts, {
        renewal: {
          renew: (key, used) => renewNow(services, key, used),
          idle: () => Promise.resolve(),
        },
      })
      const [page] = await Promise.all([
        apart.postsPage(c),
        apart.me(c).catch(() => undefined),
        apart.list(c).catch(() => undefined),
      ])
      return page
    }),
})
