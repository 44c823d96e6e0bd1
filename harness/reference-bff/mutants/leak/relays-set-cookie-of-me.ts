import { relayingCookies } from '../relayed-cookies.ts'
import { defineMutant } from '../mutant.ts'

export const relaysSetCookieOfMe = defineMutant({
  name: 'relays-set-cookie-of-me',
  defect: "Only the answer to who is signed in passes the backend's Set-Cookie headers on.",
  kills: { 'LEAK-02': 'cookie names of the backend in the answers' },
  collateral: ['VAULT-02', 'LEAK-01'],
  apply: (parts) => relayingCookies(parts, 'me', (cookie) => cookie),
})
