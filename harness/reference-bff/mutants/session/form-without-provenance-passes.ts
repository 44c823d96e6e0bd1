import { trusting } from '../guarded-otherwise.ts'
import { defineMutant } from '../mutant.ts'

export const formWithoutProvenancePasses = defineMutant({
  name: 'form-without-provenance-passes',
  defect:
    'Only text/plain is refused where Origin and Fetch Metadata are missing; the type of a form passes.',
  kills: { 'SESSION-12': /^changes upstream by a create with the cookie, application\/x-www-form/ },
  apply: (parts) =>
    trusting(
      parts,
      ({ headers }) =>
        headers.get('origin') === null &&
        headers.get('sec-fetch-site') === null &&
        headers.get('content-type') === 'application/x-www-form-urlencoded',
    ),
})
