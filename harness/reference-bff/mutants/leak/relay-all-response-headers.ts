import { defineMutant } from '../mutant.ts'
import { relayingBackendHeaders } from '../relayed-backend-headers.ts'

const OWN =
  /^(connection|keep-alive|transfer-encoding|content-|set-cookie$|cache-control|etag|access-control-|proxy-)/

export const relayAllResponseHeaders = defineMutant({
  name: 'relay-all-response-headers',
  defect: 'Headers of the backend go on to the browser, but for those that somebody thought of.',
  kills: { 'LEAK-11': 'headers of an answer of the backend in the answer to list' },
  apply: (parts) => relayingBackendHeaders(parts, 'list', (name) => !OWN.test(name)),
})
