import { defineMutant } from '../mutant.ts'
import { relayingBackendHeaders } from '../relayed-backend-headers.ts'

export const relaysCors = defineMutant({
  name: 'relays-cors',
  defect: "The backend's CORS headers are passed on with who is signed in.",
  kills: { 'PROXY-14': 'Access-Control-Allow-Origin of me' },
  apply: (parts) =>
    relayingBackendHeaders(parts, 'me', (name) => name.startsWith('access-control-')),
})
