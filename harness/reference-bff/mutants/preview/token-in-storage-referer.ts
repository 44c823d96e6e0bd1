import { defineMutant } from '../mutant.ts'
import { changedStorageRequest } from '../storage-headers.ts'

export const tokenInStorageReferer = defineMutant({
  name: 'token-in-storage-referer',
  defect: 'The request to the storage host has a Referer with the access token in its query.',
  kills: { 'PREVIEW-02': 'secrets in the storage request' },
  apply: (parts) =>
    changedStorageRequest(parts, ({ url, headers }, { entry }) => ({
      url,
      headers: { ...headers, referer: `https://bff.test/?t=${entry.tokens.accessToken}` },
    })),
})
