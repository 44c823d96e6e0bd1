import { ConduitError } from '../wire/conduit-error.ts'
import type { Relation } from '../authorization/relations.ts'
import { requireUuid } from '../database/sql-text.ts'
import type { RouteContext, Row } from '../wire/route.ts'
import { callerOf, requireSudo } from './middleware.ts'
import { teamModel } from './own-models.ts'
import { looksLikeObjectId, relationPage, searched } from './team-pages.ts'
import { byId, demand, teamOf } from './team-queries.ts'
import { insertTeam, nameTaken, storedName } from './team-store.ts'
import { addRelation, findRelations, mayOnTeam, forgetEntity } from './team-relations.ts'

const noTeam = () => new ConduitError('INVALID_ARGUMENT', 'Team does not exist')

/** Its creator owns a team; a subteam is owned by its parent, and by its creator only if asked for. Source: A/handlers/team.ts:245-297. */
export function createTeam(context: RouteContext): Row {
  const { world, params } = context
  const { _id: userId } = callerOf(context)
  const name = String(params['name'])
  const parent = params['parentTeam']
  const parentTeam = typeof parent === 'string' && parent !== '' ? parent : undefined
  if (parentTeam !== undefined && !mayOnTeam(world, userId, 'edit', parentTeam))
    throw new ConduitError('PERMISSION_DENIED', 'User does not have permission to create a subteam')
  requireUuid(parent)
  if (nameTaken(world, name, parentTeam))
    throw new ConduitError('ALREADY_EXISTS', 'A team with that name already exists')
  const team = insertTeam(world, { name, parentTeam: parentTeam ?? null, isDefault: false })
  const resource = `Team:${team._id}`
  if (parentTeam !== undefined)
    addRelation(world, { subject: `Team:${parentTeam}`, relation: 'owner', resource })
  if (parentTeam === undefined || params['addCreatorToTeam'] === true)
    addRelation(world, { subject: `User:${userId}`, relation: 'owner', resource })
  return team
}

/** Deletes a team with all relations on and of it; asks for `sudo`. Source: A/handlers/team.ts:301-334. */
export function deleteTeam(context: RouteContext): string {
  requireSudo(context)
  const { world } = context
  const { _id } = teamOf(context, noTeam())
  demand(context, 'delete', 'User does not have permission to delete this team')
  world.store.table('Team').delete(_id)
  forgetEntity(world, `Team:${_id}`)
  return 'Deleted'
}

/** Renames a team. Source: A/handlers/team.ts:336-358. */
export function updateTeam(context: RouteContext): Row {
  const { world, bodyParams } = context
  const team = teamOf(context, noTeam())
  demand(context, 'edit', 'User does not have permission to edit this team')
  const renamed = {
    ...team,
    name: storedName(String(bodyParams['name'])),
    updatedAt: new Date(world.clock.now()).toISOString(),
  }
  world.store.table('Team').replace(renamed)
  return renamed
}

/** Any relation to a team lets a user see it. */
export function getTeam(context: RouteContext): Row | string {
  const { world, urlParams } = context
  const { _id: userId } = callerOf(context)
  const teamId = String(urlParams['teamId'])
  const related =
    findRelations(world, { subject: `User:${userId}`, resource: `Team:${teamId}` }).length > 0
  if (!related) demand(context, 'read', 'User does not have permission to view team')
  return byId(world, 'Team', teamId) ?? 'Team not found'
}

/** A page of the caller's teams. Source: A/handlers/team.ts:496-520. */
export function getUserTeams(context: RouteContext): unknown {
  const related = findRelations(context.world, { subject: `User:${callerOf(context)._id}` })
  return teamPage(context, related)
}

/** A page of the teams that the team owns. Source: A/handlers/team.ts:522-559. */
export function getSubTeams(context: RouteContext): unknown {
  demand(context, 'viewSubTeams', 'User does not have permission to view subteams')
  const related = findRelations(context.world, {
    subject: `Team:${String(context.urlParams['teamId'])}`,
    relation: 'owner',
  })
  return teamPage(context, related)
}

/** The relations are paged, not the teams; `count` counts relations, whatever is searched for. Source: A/utils/index.ts (fetchUserTeams). */
function teamPage({ world, params }: RouteContext, related: readonly Relation[]): unknown {
  const ofTeams = related.filter(({ resource }) => resource.startsWith('Team:'))
  const shown = relationPage(ofTeams, params)
  if (shown.length === 0) return { teams: [], count: 0 }
  if (looksLikeObjectId(params['search'])) return { teams: [], count: ofTeams.length }
  const ids = new Set(shown.map(({ resource }) => resource.slice('Team:'.length)))
  const teams = Array.from(world.store.table('Team').rows()).filter(({ _id }) => ids.has(_id))
  return {
    teams: searched(teams, { field: 'name', model: teamModel }, params),
    count: ofTeams.length,
  }
}
