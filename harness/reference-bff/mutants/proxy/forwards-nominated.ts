import { passingHeaders } from '../browser-headers.ts'
import { defineMutant } from '../mutant.ts'

export const forwardsNominated = defineMutant({
  name: 'forwards-nominated',
  defect: 'Headers of the application go on to the backend, those too that Connection names.',
  kills: { 'PROXY-03': 'upstream headers that X-Bffc-Hop of the browser on list became' },
  apply: (parts) =>
    passingHeaders(parts, 'list', (c) =>
      Object.fromEntries(
        Object.entries(c.req.header()).filter(([name]) => name.startsWith('x-bffc-')),
      ),
    ),
})
