import { textOf } from '../../preview-headers.ts'
import { defineMutant } from '../mutant.ts'
import { changedPreviewHeaders } from '../preview-headers-otherwise.ts'

export const svgCountsAsImage = defineMutant({
  name: 'svg-counts-as-image',
  defect: 'Whatever begins with image/ is shown inline, and pictures need no sandbox: SVG is one.',
  kills: { 'PREVIEW-13': /^SVG \(/ },
  apply: (parts) =>
    changedPreviewHeaders(parts, (headers, stored) => {
      const type = textOf(stored, 'content-type') ?? ''
      return type.startsWith('image/')
        ? {
            ...headers,
            'content-type': type,
            'content-disposition': 'inline',
            'content-security-policy': "frame-ancestors 'none'",
          }
        : headers
    }),
})
