import { defineMutant } from '../mutant.ts'
import { previewByFileData } from '../file-data.ts'

export const previewByFileDataMutant = defineMutant({
  name: 'preview-by-file-data',
  defect: 'Previews are read through /storage/file/data, as base64 in JSON.',
  kills: { 'RULES-15': /^calls of \/storage\/file\/data/ },
  collateral: ['PREVIEW-01', 'PREVIEW-02', 'PREVIEW-04'],
  apply: (parts) => previewByFileData(parts, () => true),
})
