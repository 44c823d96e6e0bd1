import type { Parts, Services } from '../services.ts'

/** The parts with a download that nothing but its own end stops, delivered otherwise. */
export function unboundDownload(parts: Parts, deliver: Services['deliver']): Parts {
  return {
    ...parts,
    deliver: () => deliver,
    storage: (services) => {
      const storage = parts.storage(services)
      return {
        open: (url, request) =>
          storage.open(url, { ...request, signal: new AbortController().signal }),
      }
    },
  }
}
