import { defineMutant } from '../mutant.ts'

const MOST_MS = 9000

export const deadlineOverWholeDownload = defineMutant({
  name: 'deadline-over-whole-download',
  defect:
    'Nine seconds are the time-out of the client for storage, and it counts until the last byte: a slow browser gets a part of the file.',
  kills: { 'PREVIEW-05': 'the whole preview afterwards' },
  apply: (parts) => ({
    ...parts,
    storage(services) {
      const storage = parts.storage(services)
      return {
        open: (url, request) =>
          storage.open(url, {
            ...request,
            signal: AbortSignal.any([request.signal, AbortSignal.timeout(MOST_MS)]),
          }),
      }
    },
  }),
})
