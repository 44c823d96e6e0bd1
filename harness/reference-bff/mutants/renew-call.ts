import type { BackendCall } from '../conduit-http.ts'
import type { Parts } from '../services.ts'
import { wrappedBackend } from './wrapped-backend.ts'

/** The parts with the upstream call of a renewal changed. */
export function changedRenewCall(
  parts: Parts,
  change: (call: BackendCall, refreshToken: string) => BackendCall,
): Parts {
  return wrappedBackend(
    parts,
    (backend) => (call, bearer) =>
      backend(call.path === '/authentication/renew' ? change(call, bearer ?? '') : call, bearer),
  )
}
