import { trusting } from '../guarded-otherwise.ts'
import { defineMutant } from '../mutant.ts'
import { changedPreviewHeaders } from '../preview-header-change.ts'

export const noCorp = defineMutant({
  name: 'no-corp',
  defect:
    'Previews are left out of the guard, for they only read, and say nothing about who may embed them.',
  kills: { 'PREVIEW-24': 'the preview as image of another site' },
  apply: (parts) =>
    changedPreviewHeaders(
      trusting(parts, ({ url }) => new URL(url).pathname.endsWith('/preview')),
      ({ 'cross-origin-resource-policy': _, ...headers }) => headers,
    ),
})
