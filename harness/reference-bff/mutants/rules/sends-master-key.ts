import { passingHeaders } from '../browser-headers.ts'
import { defineMutant } from '../mutant.ts'

export const sendsMasterKey = defineMutant({
  name: 'sends-master-key',
  defect: 'Creates carry the master key of the admin API, for those routes that might need it.',
  kills: { 'RULES-01': 'admin calls at the Client API' },
  apply: (parts) => passingHeaders(parts, 'create', () => ({ masterkey: 'M4ST3RK3Y' })),
})
