import { choosingCookie } from '../chosen-cookie.ts'
import { defineMutant } from '../mutant.ts'
import { unprefixedCookie } from '../session-cookie.ts'

export const firstCookieWins = defineMutant({
  name: 'first-cookie-wins',
  defect: 'The cookie may be set by a subdomain, and of two the first counts.',
  kills: {
    'SESSION-23': 'upstream calls as the attacker, after two cookies, the tossed one first',
  },
  collateral: ['SESSION-04'],
  apply: (parts) =>
    choosingCookie(
      unprefixedCookie(parts, (cookie) => cookie),
      ([first]) => first,
    ),
})
