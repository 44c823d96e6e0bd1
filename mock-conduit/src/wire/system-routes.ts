import type { World } from '../world/world.ts'
import type { RouteDef } from './route.ts'

/** Routes of the router module itself. Source: R/admin/routes/Ready.ts:7-18. */
export function systemRoutes(_world: World): RouteDef[] {
  return [{ method: 'GET', path: '/ready', handler: () => 'Conduit is online!' }]
}
