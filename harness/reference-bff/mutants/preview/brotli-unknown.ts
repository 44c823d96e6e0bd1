import { defineMutant } from '../mutant.ts'

export const brotliUnknown = defineMutant({
  name: 'brotli-unknown',
  defect: 'gzip is decoded on the way, Brotli is passed on without the header that says so.',
  kills: { 'PREVIEW-11': /sends br, .*: the bytes after Content-Encoding$/ },
  apply: (parts) => ({
    ...parts,
    deliver: (services) => {
      const deliver = parts.deliver(services)
      return (c, answer, { headers, decode }) =>
        deliver(c, answer, {
          headers,
          decode: answer.headers['content-encoding'] === 'br' ? undefined : decode,
        })
    },
  }),
})
