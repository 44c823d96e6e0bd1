import type { World } from '../world/world.ts'
import type { WireRequest } from './message.ts'

/** Placeholder until the wire engineer adds security clients: validation off means one anonymous client. Source: R/security/handlers/client-validation/index.ts. */
export function admitClient(_world: World, _request: WireRequest): { admitted: true; clientId: string } | { admitted: false } {
  return { admitted: true, clientId: 'anonymous-client' }
}
