import { allowingByCors } from '../cors-headers.ts'
import { defineMutant } from '../mutant.ts'

export const reflectsOrigin = defineMutant({
  name: 'reflects-origin',
  defect: 'Every origin is allowed to read by CORS, with credentials.',
  kills: { 'SESSION-13': /^Access-Control-Allow-Origin on list/ },
  collateral: ['SESSION-11'],
  apply: (parts) => allowingByCors(parts, () => true),
})
