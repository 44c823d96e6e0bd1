import { defineMutant } from '../mutant.ts'
import { changedCall } from '../upstream-calls.ts'

export const uploadWithoutScope = defineMutant({
  name: 'upload-without-scope',
  defect: 'The scope is added to calls of the database, and files are created without.',
  kills: { 'RULES-09': 'scope of attempt 1 of upload (a binary file with a valid token)' },
  apply: (parts) =>
    changedCall(
      parts,
      ({ path }) => path.startsWith('/storage/'),
      ({ query: _, ...call }) => call,
    ),
})
