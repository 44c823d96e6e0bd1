import { BffFailure } from '../../failure.ts'
import { defineMutant } from '../mutant.ts'

export const logoutClearsCookieOnly = defineMutant({
  name: 'logout-clears-cookie-only',
  defect: 'Logout expires the cookie and leaves the session in the vault.',
  kills: { 'VAULT-08': /with the cookies from before the logout/ },
  collateral: ['SESSION-20'],
  apply: (parts) => ({
    ...parts,
    logout:
      ({ sessions }) =>
      async (c) => {
        if (c.req.method !== 'POST') throw new BffFailure(405, 'post_only')
        c.header('set-cookie', sessions.expiredCookie())
        return c.body(null, 204)
      },
  }),
})
