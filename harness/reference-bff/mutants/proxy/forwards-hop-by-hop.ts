import { passingHeaders } from '../browser-headers.ts'
import { defineMutant } from '../mutant.ts'

export const forwardsHopByHop = defineMutant({
  name: 'forwards-hop-by-hop',
  defect: "What the browser's connection negotiates goes on to the backend.",
  kills: { 'PROXY-03': 'upstream headers that TE of the browser on list became' },
  apply: (parts) =>
    passingHeaders(parts, 'list', (c) =>
      Object.fromEntries(
        Object.entries(c.req.header()).filter(([name]) => /^(te|proxy-.*)$/.test(name)),
      ),
    ),
})
