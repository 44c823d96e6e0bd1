import { relayingCookies } from '../relayed-cookies.ts'
import { defineMutant } from '../mutant.ts'

export const relaysSetCookie = defineMutant({
  name: 'relays-set-cookie',
  defect: "The login passes the backend's Set-Cookie headers on.",
  kills: { 'LEAK-02': 'cookie names of the backend in the answers' },
  collateral: ['VAULT-02', 'LEAK-01'],
  apply: (parts) => relayingCookies(parts, 'login', (cookie) => cookie),
})
