import { textOf } from '../../preview-headers.ts'
import { defineMutant } from '../mutant.ts'
import { changedPreviewHeaders } from '../preview-headers-otherwise.ts'

export const contentTypePassthrough = defineMutant({
  name: 'content-type-passthrough',
  defect: 'A preview is shown inline with the type that the storage host says, without a sandbox.',
  kills: { 'PREVIEW-13': /^HTML \(/ },
  apply: (parts) =>
    changedPreviewHeaders(parts, (headers, stored) => ({
      ...headers,
      'content-type': textOf(stored, 'content-type') ?? 'text/html',
      'content-disposition': 'inline',
      'content-security-policy': "frame-ancestors 'none'",
    })),
})
