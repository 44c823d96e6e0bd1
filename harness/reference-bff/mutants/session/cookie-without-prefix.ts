import { defineMutant } from '../mutant.ts'
import { unprefixedCookie } from '../session-cookie.ts'

export const cookieWithoutPrefix = defineMutant({
  name: 'cookie-without-prefix',
  defect:
    'The name of the session cookie has no prefix, so that a subdomain can set one of that name.',
  kills: { 'SESSION-04': 'session cookies that are not bound to the host' },
  apply: (parts) => unprefixedCookie(parts, (cookie) => cookie),
})
