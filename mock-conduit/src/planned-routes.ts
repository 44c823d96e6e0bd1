import { plannedAuthRoutes } from './auth/planned.ts'
import type { PlannedRoute } from './wire/route.ts'
import type { World } from './world/world.ts'

/** Routes of the Client API that Conduit would register under this config and that the mock does not serve: answered 501 with their name. */
export function plannedRoutes(world: World): PlannedRoute[] {
  return plannedAuthRoutes(world)
}
