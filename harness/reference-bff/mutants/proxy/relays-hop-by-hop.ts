import { defineMutant } from '../mutant.ts'
import { relayingBackendHeaders } from '../relayed-backend-headers.ts'

export const relaysHopByHop = defineMutant({
  name: 'relays-hop-by-hop',
  defect: 'What the backend says of its own connection is said to the browser.',
  kills: { 'PROXY-03': "headers of the backend's connection in the answer to list" },
  apply: (parts) =>
    relayingBackendHeaders(parts, 'list', (name) => /^(keep-alive|proxy-authenticate)$/.test(name)),
})
