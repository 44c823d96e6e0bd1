import { requireUuid, uuidText } from '../database/sql-text.ts'
import { ConduitError } from '../wire/conduit-error.ts'
import type { RouteContext, Row } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { callerOf } from './middleware.ts'
import { type TeamAction, mayOnTeam } from './team-relations.ts'

/** A row by id, however the uuid is written; PostgreSQL refuses what is none (500). */
export function byId(world: World, schema: 'Team' | 'User', id: string): Row | undefined {
  requireUuid(id)
  return world.store.table(schema).get(String(uuidText(id)))
}

/** The team of the route, or the given refusal. */
export function teamOf({ world, urlParams }: RouteContext, missing: ConduitError): Row {
  const team = byId(world, 'Team', String(urlParams['teamId']))
  if (!team) throw missing
  return team
}

/** Throws 403 with this text unless the caller may do that with the team of the route. */
export function demand(context: RouteContext, action: TeamAction, refusal: string): void {
  const teamId = String(context.urlParams['teamId'])
  if (mayOnTeam(context.world, callerOf(context)._id, action, teamId)) return
  throw new ConduitError('PERMISSION_DENIED', refusal)
}
