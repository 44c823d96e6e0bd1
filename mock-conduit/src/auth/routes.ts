import type { RouteDef } from '../wire/route.ts'
import type { World } from '../world/world.ts'

/** Routes of the auth module for a world as it stands. */
export function authRoutes(_world: World): RouteDef[] {
  return []
}
