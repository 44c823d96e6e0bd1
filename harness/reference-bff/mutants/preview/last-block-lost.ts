import { changedBytes } from '../changed-bytes.ts'
import { defineMutant } from '../mutant.ts'

const BLOCK = 65_536

export const lastBlockLost = defineMutant({
  name: 'last-block-lost',
  defect: 'A file that is one byte longer than whole blocks of 64 KiB loses that byte.',
  kills: { 'PREVIEW-01': 'around-64k-65537.bin: bytes and SHA-256' },
  collateral: ['PREVIEW-04', 'PREVIEW-06', 'PREVIEW-08'],
  apply: (parts) =>
    changedBytes(parts, (bytes) =>
      bytes.length > BLOCK && bytes.length % BLOCK === 1 ? bytes.subarray(0, -1) : bytes,
    ),
})
