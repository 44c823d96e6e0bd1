import { changedCall } from '../upstream-calls.ts'
import { defineMutant } from '../mutant.ts'

export const picturesWithoutScope = defineMutant({
  name: 'pictures-without-scope',
  defect: 'Pictures take a way of their own to the storage, on which the scope was forgotten.',
  kills: { 'RULES-09': 'scope of attempt 1 of upload (a picture with a valid token)' },
  apply: (parts) =>
    changedCall(
      parts,
      ({ path, json }) => path === '/storage/upload' && isPicture(json),
      ({ query: _, ...call }) => call,
    ),
})

const isPicture = (json: unknown) => JSON.stringify(json).includes('.png"')
