import { defineMutant } from '../mutant.ts'

export const previewWithoutCacheControl = defineMutant({
  name: 'preview-without-cache-control',
  defect: 'Previews say nothing about caching, so that a shared cache may keep them by heuristics.',
  kills: { 'LEAK-16': /^Cache-Control of GET/ },
  apply: (parts) => ({
    ...parts,
    previewHeaders: (services) => {
      const headersOf = parts.previewHeaders(services)
      return (answer, decoded) => {
        const { 'cache-control': _, ...headers } = headersOf(answer, decoded)
        return headers
      }
    },
  }),
})
