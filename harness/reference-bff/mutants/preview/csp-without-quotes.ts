import { textOf } from '../../preview-headers.ts'
import { defineMutant } from '../mutant.ts'
import { changedPreviewHeaders } from '../preview-headers-otherwise.ts'

export const cspWithoutQuotes = defineMutant({
  name: 'csp-without-quotes',
  defect:
    'Any type is shown inline and a policy is trusted to disarm it, whose keywords have lost their quotes and their directive its name.',
  kills: { 'PREVIEW-13': /scripts that ran in the origin of the application$/ },
  apply: (parts) =>
    changedPreviewHeaders(parts, (headers, stored) => ({
      ...headers,
      'content-type': textOf(stored, 'content-type') ?? 'application/octet-stream',
      'content-disposition': 'inline',
      'content-security-policy': 'default none; sandboxed',
    })),
})
