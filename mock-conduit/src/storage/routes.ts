import type { RouteDef } from '../wire/route.ts'
import type { World } from '../world/world.ts'

/** Routes of the storage module for a world as it stands. */
export function storageRoutes(_world: World): RouteDef[] {
  return []
}
