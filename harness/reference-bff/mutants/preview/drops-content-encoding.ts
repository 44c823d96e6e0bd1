import { defineMutant } from '../mutant.ts'

export const dropsContentEncoding = defineMutant({
  name: 'drops-content-encoding',
  defect:
    'Compressed bytes of the storage host are passed on as they are, without the header that says so.',
  kills: { 'PREVIEW-11': /: the bytes after Content-Encoding$/ },
  apply: (parts) => ({
    ...parts,
    deliver: (services) => {
      const deliver = parts.deliver(services)
      return (c, answer, { headers }) => deliver(c, answer, { headers, decode: undefined })
    },
  }),
})
