import { defineMutant } from '../mutant.ts'
import { renewNow } from '../renewals.ts'

export const refreshRouteWithoutLock = defineMutant({
  name: 'refresh-route-without-lock',
  defect: 'The refresh route renews by itself, past the lock of the calls that renew.',
  kills: { 'REFRESH-26': 'refresh tokens presented more than once' },
  collateral: ['REFRESH-29'],
  apply: (parts) => ({
    ...parts,
    refresh: (services) => async (c) => {
      const session = await services.sessions.require(c.req.header('cookie'))
      await renewNow(services, session.key, session.entry)
      return c.body(null, 204)
    },
  }),
})
