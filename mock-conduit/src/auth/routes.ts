import type { RouteDef } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { biometricRoutes } from './biometric-routes.ts'
import { commonRoutes } from './common-routes.ts'
import { localRoutes, usernameRoutes } from './local-routes.ts'
import { authServes } from './serving.ts'
import { teamRoutes } from './team-routes.ts'
import { twoFaRoutes } from './two-fa-routes.ts'

/** Routes of the auth module for a world as it stands, in Conduit's order of registration. Source: A/routes/index.ts:60-157. */
export function authRoutes(world: World): RouteDef[] {
  const biometrics = biometricRoutes(world)
  if (!authServes(world.config.authentication)) return biometrics
  return [
    ...biometrics,
    ...localRoutes(world),
    ...teamRoutes(world),
    ...twoFaRoutes(world),
    ...usernameRoutes(world),
    ...commonRoutes(world),
  ]
}
