import { textOf } from '../../preview-headers.ts'
import { defineMutant } from '../mutant.ts'
import { changedPreviewHeaders } from '../preview-header-change.ts'

export const cspNoneUnquoted = defineMutant({
  name: 'csp-none-unquoted',
  defect: 'All types are shown under a policy that names the host "none" instead of \'none\'.',
  kills: { 'PREVIEW-14': /^what keeps script in page.html/ },
  apply: (parts) =>
    changedPreviewHeaders(parts, (headers, answer) => ({
      ...headers,
      'content-type': textOf(answer.headers, 'content-type') ?? 'application/octet-stream',
      'content-disposition': 'inline',
      'content-security-policy': 'default-src none; script-src none',
    })),
})
