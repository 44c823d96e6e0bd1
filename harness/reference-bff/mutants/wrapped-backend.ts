import type { Http } from '../conduit-http.ts'
import type { Parts } from '../services.ts'

type Backend = Http['backend']

/** The parts with the way in which the backend is called wrapped. What `wrap` keeps is kept by each instance. */
export function wrappedBackend(
  parts: Parts,
  wrap: (backend: Backend, services: Parameters<Parts['http']>[0]) => Backend,
): Parts {
  return {
    ...parts,
    http: (services) => {
      const http = parts.http(services)
      return { ...http, backend: wrap((...call) => http.backend(...call), services) }
    },
  }
}
