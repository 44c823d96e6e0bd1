import type { RouteDef } from '../wire/route.ts'
import type { World } from '../world/world.ts'

/** Routes of the authorization module for a world as it stands. */
export function authorizationRoutes(_world: World): RouteDef[] {
  return []
}
