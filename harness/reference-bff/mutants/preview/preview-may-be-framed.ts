import { trusting } from '../guarded-otherwise.ts'
import { defineMutant } from '../mutant.ts'
import { changedPreviewHeaders } from '../preview-header-change.ts'

export const previewMayBeFramed = defineMutant({
  name: 'preview-may-be-framed',
  defect: 'Previews are left out of the guard, and only pages say who may frame them.',
  kills: { 'PREVIEW-24': 'the preview as iframe of another site' },
  apply: (parts) =>
    changedPreviewHeaders(
      trusting(parts, ({ url }) => new URL(url).pathname.endsWith('/preview')),
      ({ 'x-frame-options': _, ...headers }) => ({
        ...headers,
        'content-security-policy': "default-src 'none'; sandbox",
      }),
    ),
})
