import { choosingCookie } from '../chosen-cookie.ts'
import { defineMutant } from '../mutant.ts'
import { unprefixedCookie } from '../session-cookie.ts'

export const lastCookieWins = defineMutant({
  name: 'last-cookie-wins',
  defect: 'The cookie may be set by a subdomain, and of two the last counts.',
  kills: { 'SESSION-23': 'upstream calls as the attacker, after two cookies, the own one first' },
  collateral: ['SESSION-04'],
  apply: (parts) =>
    choosingCookie(
      unprefixedCookie(parts, (cookie) => cookie),
      (cookies) => cookies.at(-1),
    ),
})
