import { defineMutant } from '../mutant.ts'
import { trusting } from '../guarded-otherwise.ts'

export const logoutNotGuarded = defineMutant({
  name: 'logout-not-guarded',
  defect: 'Routes with a body are guarded against other sites, the logout is not.',
  kills: { 'SESSION-11': /^logout with / },
  apply: (parts) => trusting(parts, ({ url }) => new URL(url).pathname === '/api/auth/logout'),
})
