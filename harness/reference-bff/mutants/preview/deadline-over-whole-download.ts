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
        open(url, request) {
          // A timer of its own: a signal that nothing but another signal holds may be collected before its time.
          const late = new AbortController()
          const stop = () => {
            late.abort()
          }
          setTimeout(stop, MOST_MS).unref()
          if (request.signal.aborted) stop()
          request.signal.addEventListener('abort', stop, { once: true })
          return storage.open(url, { ...request, signal: late.signal })
        },
      }
    },
  }),
})
