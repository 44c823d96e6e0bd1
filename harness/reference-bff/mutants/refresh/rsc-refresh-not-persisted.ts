import { sessionOver } from '../../failure.ts'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { rebuilt } from '../rebuild.ts'

export const rscRefreshNotPersisted = defineMutant({
  name: 'rsc-refresh-not-persisted',
  defect:
    'While a page is rendered tokens are renewed for that page only: nothing can be saved any more.',
  kills: { 'REFRESH-20': 'renewals while the page is opened once more' },
  collateral: ['REFRESH-21'],
  apply: (parts) =>
    wrappedRoute(parts, 'postsPage', (_, services) => async (c) => {
      const { authentication } = services
      return rebuilt(services, parts, {
        renewal: {
          async renew(_key, used) {
            const outcome = await authentication.renew(used.tokens.refreshToken)
            if (outcome.kind !== 'tokens') throw sessionOver()
            return { ...used, tokens: outcome.tokens }
          },
          idle: () => Promise.resolve(),
        },
      }).postsPage(c)
    }),
})
