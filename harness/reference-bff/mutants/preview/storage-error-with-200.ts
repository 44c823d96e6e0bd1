import { changedStorageFailure } from '../storage-failure.ts'
import { defineMutant } from '../mutant.ts'

export const storageErrorWith200 = defineMutant({
  name: 'storage-error-with-200',
  defect: 'When the storage host refuses, a placeholder image is sent with 200.',
  kills: { 'PREVIEW-16': /^storage \d+: the client's answer$/ },
  apply: (parts) =>
    changedStorageFailure(parts, (c) => c.body('GIF89a', 200, { 'content-type': 'image/gif' })),
})
