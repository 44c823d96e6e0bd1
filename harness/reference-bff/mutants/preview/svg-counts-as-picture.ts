import { textOf } from '../../preview-headers.ts'
import { defineMutant } from '../mutant.ts'
import { changedPreviewHeaders } from '../preview-header-change.ts'

export const svgCountsAsPicture = defineMutant({
  name: 'svg-counts-as-picture',
  defect: 'Every image is shown in the page without a policy of its own, SVG among them.',
  kills: { 'PREVIEW-14': /^what keeps script in drawing.svg/ },
  apply: (parts) =>
    changedPreviewHeaders(parts, (headers, answer) => {
      const type = textOf(answer.headers, 'content-type') ?? ''
      if (!type.startsWith('image/')) return headers
      const { 'content-security-policy': _, ...others } = headers
      return { ...others, 'content-type': type, 'content-disposition': 'inline' }
    }),
})
