import type { BackendCall } from '../conduit-http.ts'
import type { Parts } from '../services.ts'
import { wrappedBackend } from './wrapped-backend.ts'

/** The parts with the calls of one upstream path changed, on every attempt. */
export function changedCall(
  parts: Parts,
  isMeant: (call: BackendCall) => boolean,
  change: (call: BackendCall) => BackendCall,
): Parts {
  return wrappedBackend(
    parts,
    (backend) => (call, bearer) => backend(isMeant(call) ? change(call) : call, bearer),
  )
}

export const isCreate = ({ method, path }: BackendCall): boolean =>
  method === 'POST' && path.startsWith('/database/')
