import { defineMutant } from '../mutant.ts'
import { followingRedirects } from '../followed-redirects.ts'

export const loginFollowsRedirect = defineMutant({
  name: 'login-follows-redirect',
  defect:
    'The login is sent by a client that follows redirects as browsers do: 307 and 308 take the body, and the password, to another host.',
  kills: { 'PROXY-07': 'secrets at the foreign host' },
  apply: (parts) =>
    followingRedirects(
      parts,
      ({ path }) => path === '/authentication/local',
      ({ json }, _, status) =>
        status > 303
          ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) }
          : { method: 'GET', headers: {} },
    ),
})
