import { defineMutant } from '../mutant.ts'
import { followingRedirects } from '../followed-redirects.ts'

export const renewalFollowsRedirect = defineMutant({
  name: 'renewal-follows-redirect',
  defect: 'Only the renewal follows redirects, and takes the refresh token along.',
  kills: { 'PROXY-07': 'secrets at the foreign host' },
  apply: (parts) => followingRedirects(parts, ({ path }) => path === '/authentication/renew'),
})
