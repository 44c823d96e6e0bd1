import type { RouteDef } from '../wire/route.ts'
import type { World } from '../world/world.ts'

/** Routes of the database module for a world as it stands. */
export function databaseRoutes(_world: World): RouteDef[] {
  return []
}
