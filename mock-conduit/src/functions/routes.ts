import type { RouteDef } from '../wire/route.ts'
import type { World } from '../world/world.ts'

/** Routes of the functions module for a world as it stands. */
export function functionRoutes(_world: World): RouteDef[] {
  return []
}
