import { deliver } from '../../delivery.ts'
import { createStorage } from '../../storage.ts'
import { defineMutant } from '../mutant.ts'
import { unboundDownload } from '../unbound-download.ts'

export const storageHeadersNotAborted = defineMutant({
  name: 'storage-headers-not-aborted',
  defect:
    'The download is bound to the browser only once the headers of the storage host are there.',
  kills: { 'PREVIEW-07': 'downloads that go on for a browser that left before the headers' },
  apply: (parts) =>
    unboundDownload(
      {
        ...parts,
        storage: ({ http, settings }) =>
          createStorage({ http, settings: { ...settings, upstreamMs: 60_000 } }),
      },
      deliver,
    ),
})
