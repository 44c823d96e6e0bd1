import { defineMutant } from '../mutant.ts'
import { relayedHeaders } from '../relayed-storage-headers.ts'

export const partRelaysStorageHeaders = defineMutant({
  name: 'part-relays-storage-headers',
  defect: 'Ranges take another way through the code, which copies what the storage host says.',
  kills: { 'PREVIEW-27': 'headers of storage in the preview (storage: s3, a range)' },
  apply: (parts) => relayedHeaders(parts, ({ headers }) => 'content-range' in headers),
})
