import { defineMutant } from '../mutant.ts'
import { unprefixedCookie } from '../session-cookie.ts'

export const domainCookie = defineMutant({
  name: 'domain-cookie',
  defect: 'The session cookie is valid for all subdomains.',
  kills: { 'SESSION-04': 'session cookies that are not bound to the host' },
  apply: (parts) => unprefixedCookie(parts, (cookie) => `${cookie}; Domain=app.test`),
})
