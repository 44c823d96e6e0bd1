import { defineMutant } from '../mutant.ts'
import { relayedHeaders } from '../relayed-storage-headers.ts'

export const relayStorageHeaders = defineMutant({
  name: 'relay-storage-headers',
  defect:
    'Whatever the storage host says beside the bytes is passed on, unless the BFF says it itself.',
  kills: { 'PREVIEW-27': /^headers of storage in the preview/ },
  collateral: ['LEAK-16'],
  apply: (parts) => relayedHeaders(parts, () => true),
})
