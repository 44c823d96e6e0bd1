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
        c.header('set-cookie', sessions.expiredCookie())
        return c.body(null, 204)
      },
  }),
})
