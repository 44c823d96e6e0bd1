import { openToAnybody } from '../anonymous-session.ts'
import { defineMutant } from '../mutant.ts'

export const anonymousPreview = defineMutant({
  name: 'anonymous-preview',
  defect: 'Only the preview forgets to ask for a session.',
  kills: { 'VAULT-13': 'preview without a cookie' },
  collateral: ['PREVIEW-15'],
  apply: (parts) => openToAnybody(parts, 'preview', () => true),
})
