import { defineMutant } from '../mutant.ts'
import { unprefixedCookie } from '../session-cookie.ts'

export const logoutWrongPath = defineMutant({
  name: 'logout-wrong-path',
  defect: 'Logout expires a cookie of the same name under another path; the real one stays.',
  kills: { 'SESSION-07': 'session cookies in the browser after logout' },
  collateral: ['VAULT-10'],
  apply: (parts) =>
    unprefixedCookie(parts, (cookie, kind) =>
      kind === 'expired' ? cookie.replace('Path=/', 'Path=/api/auth') : cookie,
    ),
})
