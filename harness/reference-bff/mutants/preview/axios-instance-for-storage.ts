import { defineMutant } from '../mutant.ts'
import { changedStorageRequest } from '../storage-headers.ts'

export const axiosInstanceForStorage = defineMutant({
  name: 'axios-instance-for-storage',
  defect: "The backend's HTTP client, with its Authorization, also fetches the presigned URL.",
  kills: { 'PREVIEW-02': 'headers of the storage request that carry credentials' },
  collateral: ['VAULT-13', 'PREVIEW-15'],
  apply: (parts) =>
    changedStorageRequest(parts, ({ url, headers }, { entry }) => ({
      url,
      headers: { ...headers, authorization: `Bearer ${entry.tokens.accessToken}` },
    })),
})
