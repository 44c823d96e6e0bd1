import { defineMutant } from '../mutant.ts'

export const rangeIgnored = defineMutant({
  name: 'range-ignored',
  defect: "The browser's Range goes no further: every preview is whole.",
  kills: { 'PREVIEW-09': 'status for bytes=0-99' },
  apply: (parts) => ({
    ...parts,
    storage: (services) => {
      const storage = parts.storage(services)
      return { open: (url, request) => storage.open(url, { ...request, range: undefined }) }
    },
  }),
})
