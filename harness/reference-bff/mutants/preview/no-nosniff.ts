import { defineMutant } from '../mutant.ts'
import { changedPreviewHeaders } from '../preview-header-change.ts'

export const noNosniff = defineMutant({
  name: 'no-nosniff',
  defect:
    'Previews do not forbid sniffing: HTML that calls itself a picture may be taken for HTML.',
  kills: { 'PREVIEW-14': /^X-Content-Type-Options of/ },
  apply: (parts) =>
    changedPreviewHeaders(parts, ({ 'x-content-type-options': _, ...headers }) => headers),
})
