import { changedBytes } from '../changed-bytes.ts'
import { defineMutant } from '../mutant.ts'

export const arrayBufferThenSend = defineMutant({
  name: 'array-buffer-then-send',
  defect: 'The preview reads the whole file before it sends the first byte.',
  kills: { 'PREVIEW-04': 'bytes at the client while the storage host waits' },
  collateral: ['PREVIEW-06', 'PREVIEW-08'],
  apply: (parts) => changedBytes(parts, (bytes) => bytes),
})
