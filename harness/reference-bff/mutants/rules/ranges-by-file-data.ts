import { defineMutant } from '../mutant.ts'
import { previewByFileData } from '../file-data.ts'

export const rangesByFileData = defineMutant({
  name: 'ranges-by-file-data',
  defect: 'A range, which is short, is cut out of the data that /storage/file/data answers.',
  kills: { 'RULES-15': 'calls of /storage/file/data for part.bin' },
  apply: (parts) => previewByFileData(parts, (c) => c.req.header('range') !== undefined),
})
