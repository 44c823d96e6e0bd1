import { defineMutant } from '../mutant.ts'
import { changedPreviewHeaders } from '../preview-header-change.ts'

export const partsKeptByCdn = defineMutant({
  name: 'parts-kept-by-cdn',
  defect:
    'Whole files are private, but parts of them, which players ask for, may be kept by shared caches.',
  kills: { 'LEAK-16': /^Cache-Control of GET .*preview/ },
  apply: (parts) =>
    changedPreviewHeaders(parts, (headers, answer) =>
      answer.headers['content-range'] === undefined
        ? headers
        : { ...headers, 'cache-control': 'public, max-age=3600' },
    ),
})
