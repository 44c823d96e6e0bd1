import { relayingCookies } from '../relayed-cookies.ts'
import { defineMutant } from '../mutant.ts'

export const relaysRenamedSetCookie = defineMutant({
  name: 'relays-renamed-set-cookie',
  defect: "The list passes the backend's cookies on under names of the application's own.",
  kills: { 'LEAK-02': /^token cookies in the answer to GET/ },
  collateral: ['VAULT-02', 'LEAK-01'],
  apply: (parts) =>
    relayingCookies(parts, 'list', (cookie) =>
      cookie.replace(/^(access|refresh)Token=/, 'app_$1='),
    ),
})
