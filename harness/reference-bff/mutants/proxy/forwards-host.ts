import { passingHeaders } from '../browser-headers.ts'
import { defineMutant } from '../mutant.ts'

export const forwardsHost = defineMutant({
  name: 'forwards-host',
  defect: "The browser's Host header goes on to the backend.",
  kills: { 'PROXY-10': "upstream calls with the Host of the client's Host" },
  apply: (parts) => passingHeaders(parts, 'list', (c) => ({ host: c.req.header('host') ?? '' })),
})
