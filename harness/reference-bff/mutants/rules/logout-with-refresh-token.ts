import { defineMutant } from '../mutant.ts'

export const logoutWithRefreshToken = defineMutant({
  name: 'logout-with-refresh-token',
  defect: 'Logout is asked of the backend with the refresh token, which the backend does not take.',
  kills: { 'RULES-13': "upstream logouts with the session's access token" },
  apply: (parts) => ({
    ...parts,
    authentication: (services) => ({
      ...parts.authentication(services),
      async signOut({ refreshToken }) {
        await services.http.backend(
          { method: 'POST', path: '/authentication/logout' },
          refreshToken,
        )
      },
    }),
  }),
})
