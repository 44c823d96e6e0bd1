import { changedBytes } from '../changed-bytes.ts'
import { defineMutant } from '../mutant.ts'

export const textDecodesBody = defineMutant({
  name: 'text-decodes-body',
  defect: 'The preview reads the file as UTF-8 text and sends the text.',
  kills: { 'PREVIEW-01': /: bytes and SHA-256$/ },
  collateral: ['PREVIEW-04', 'PREVIEW-06', 'PREVIEW-08', 'PREVIEW-10', 'PREVIEW-11'],
  apply: (parts) => changedBytes(parts, (bytes) => Buffer.from(bytes.toString('utf8'))),
})
