import { changedBytes } from '../changed-bytes.ts'
import { defineMutant } from '../mutant.ts'

export const normalisesLineEnds = defineMutant({
  name: 'normalises-line-ends',
  defect: 'Line ends of small files are normalised on the way.',
  kills: { 'PREVIEW-01': 'line-ends.txt: bytes and SHA-256' },
  collateral: ['PREVIEW-04', 'PREVIEW-06', 'PREVIEW-08', 'PREVIEW-10', 'PREVIEW-11'],
  apply: (parts) =>
    changedBytes(parts, (bytes) =>
      bytes.length > 60_000
        ? bytes
        : Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'),
    ),
})
