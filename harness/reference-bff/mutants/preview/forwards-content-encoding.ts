import { defineMutant } from '../mutant.ts'

export const forwardsContentEncoding = defineMutant({
  name: 'forwards-content-encoding',
  defect: 'The body is decoded on the way, and Content-Encoding is passed on all the same.',
  kills: { 'PREVIEW-11': /: the bytes after Content-Encoding$/ },
  apply: (parts) => ({
    ...parts,
    previewHeaders: (services) => {
      const headersOf = parts.previewHeaders(services)
      return (answer, decoded) => {
        const encoding = answer.headers['content-encoding']
        const headers = headersOf(answer, decoded)
        return typeof encoding === 'string' ? { ...headers, 'content-encoding': encoding } : headers
      }
    },
  }),
})
