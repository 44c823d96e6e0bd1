import { defineMutant } from '../mutant.ts'
import { changedStorageFailure } from '../storage-failure.ts'

export const storageRefusalAs403 = defineMutant({
  name: 'storage-refusal-as-403',
  defect: 'Where the storage host refuses, the browser is told that it may not see the file.',
  kills: { 'PREVIEW-17': 'the answer to URLs that storage always refuses' },
  apply: (parts) =>
    changedStorageFailure(parts, (c, { status }) =>
      status === 403 ? c.json({ error: 'forbidden' }, 403) : c.json({ error: 'failed' }, 502),
    ),
})
