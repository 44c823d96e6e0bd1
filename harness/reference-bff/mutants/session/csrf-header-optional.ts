import { trusting } from '../guarded-otherwise.ts'
import { defineMutant } from '../mutant.ts'

export const csrfHeaderOptional = defineMutant({
  name: 'csrf-header-optional',
  defect:
    'A request that says nothing about where it comes from is taken for one of the own pages.',
  kills: { 'SESSION-12': /^changes upstream by a create with the cookie, text\/plain/ },
  collateral: ['SESSION-09', 'SESSION-11'],
  apply: (parts) => trusting(parts, ({ headers }) => isSilent(headers)),
})

const isSilent = (headers: Headers) =>
  headers.get('origin') === null && headers.get('sec-fetch-site') === null
