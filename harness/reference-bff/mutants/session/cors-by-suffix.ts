import { allowingByCors } from '../cors-headers.ts'
import { defineMutant } from '../mutant.ts'

export const corsBySuffix = defineMutant({
  name: 'cors-by-suffix',
  defect: 'Origins that end like the own host are allowed by CORS, evilapp.test among them.',
  kills: { 'SESSION-13': /^Access-Control-Allow-Origin on list from https:\/\/evilapp/ },
  collateral: ['SESSION-11'],
  apply: (parts) => allowingByCors(parts, (origin) => origin.endsWith('app.test')),
})
