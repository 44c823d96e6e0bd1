import type { BackendCall } from '../conduit-http.ts'
import type { Parts } from '../services.ts'

/** The parts with the upstream call of a renewal changed. */
export function changedRenewCall(
  parts: Parts,
  change: (call: BackendCall, refreshToken: string) => BackendCall,
): Parts {
  return {
    ...parts,
    http: (services) => {
      const http = parts.http(services)
      return {
        ...http,
        backend: (call, bearer) =>
          http.backend(
            call.path === '/authentication/renew' ? change(call, bearer ?? '') : call,
            bearer,
          ),
      }
    },
  }
}
