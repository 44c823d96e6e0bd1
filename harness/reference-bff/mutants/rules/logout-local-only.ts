import { defineMutant } from '../mutant.ts'

export const logoutLocalOnly = defineMutant({
  name: 'logout-local-only',
  defect: 'Logout ends the session of the BFF and leaves the tokens alive at the backend.',
  kills: { 'RULES-13': "upstream logouts with the session's access token" },
  apply: (parts) => ({
    ...parts,
    authentication: (services) => ({
      ...parts.authentication(services),
      signOut: () => Promise.resolve(),
    }),
  }),
})
