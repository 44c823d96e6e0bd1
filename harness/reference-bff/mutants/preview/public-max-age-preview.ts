import { defineMutant } from '../mutant.ts'

export const publicMaxAgePreview = defineMutant({
  name: 'public-max-age-preview',
  defect: 'Previews may be kept for a year by every cache, because files never change.',
  kills: { 'PREVIEW-23': 'bytes of the file in the answer to another user' },
  collateral: ['LEAK-16', 'LEAK-17'],
  apply: (parts) => ({
    ...parts,
    previewHeaders: (services) => {
      const headersOf = parts.previewHeaders(services)
      return (answer, decoded) => ({
        ...headersOf(answer, decoded),
        'cache-control': 'public, max-age=31536000, immutable',
      })
    },
  }),
})
