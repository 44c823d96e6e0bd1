import { defineMutant } from '../mutant.ts'
import { followingRedirects } from '../followed-redirects.ts'

export const followsRedirectWithHeaders = defineMutant({
  name: 'follows-redirect-with-headers',
  defect: 'Redirects of the backend are followed to any host, with the Authorization header.',
  kills: { 'PROXY-07': 'secrets at the foreign host' },
  apply: (parts) => followingRedirects(parts, () => true),
})
