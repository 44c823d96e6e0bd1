import { defineMutant } from '../mutant.ts'
import { unprefixedCookie } from '../session-cookie.ts'

export const cookieBelowApi = defineMutant({
  name: 'cookie-below-api',
  defect: 'The session cookie is sent to paths below /api only.',
  kills: { 'SESSION-04': 'session cookies that are not bound to the host' },
  apply: (parts) => unprefixedCookie(parts, (cookie) => cookie.replace('Path=/;', 'Path=/api;')),
})
