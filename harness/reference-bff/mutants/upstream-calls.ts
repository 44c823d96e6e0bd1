import type { BackendCall } from '../conduit-http.ts'
import type { Parts } from '../services.ts'

/** The parts with the calls of one upstream path changed, on every attempt. */
export function changedCall(
  parts: Parts,
  isMeant: (call: BackendCall) => boolean,
  change: (call: BackendCall) => BackendCall,
): Parts {
  return {
    ...parts,
    http: (services) => {
      const http = parts.http(services)
      return {
        ...http,
        backend: (call, bearer) => http.backend(isMeant(call) ? change(call) : call, bearer),
      }
    },
  }
}

export const isCreate = ({ method, path }: BackendCall): boolean =>
  method === 'POST' && path.startsWith('/database/')
