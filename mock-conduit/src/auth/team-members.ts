import { ConduitError } from '../wire/conduit-error.ts'
import type { RouteContext, Row } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { callerOf } from './middleware.ts'
import { userModel } from './own-models.ts'
import { looksLikeObjectId, memberPage, searched } from './team-pages.ts'
import { byId, demand, teamOf } from './team-queries.ts'
import { addRelation, findRelations, mayOnTeam, removeRelations } from './team-relations.ts'

const noTeam = () => new ConduitError('NOT_FOUND', 'Team does not exist')
const bad = (message: string) => new ConduitError('INVALID_ARGUMENT', message)

const partIn = (member: string, team: Row) => ({
  subject: `User:${member}`,
  resource: `Team:${team._id}`,
})

/** A page of a team's members with their roles. Source: A/handlers/team.ts:431-465. */
export function getMembers(context: RouteContext): unknown {
  demand(context, 'viewMembers', 'User does not have permission to view team members')
  const { world, params, urlParams } = context
  const related = findRelations(world, { resource: `Team:${String(urlParams['teamId'])}` }).filter(
    ({ subject }) => subject.startsWith('User:'),
  )
  if (related.length === 0) return { members: [], count: 0 }
  if (looksLikeObjectId(params['search'])) return { members: [], count: related.length }
  const roles = new Map(
    related.toReversed().map(({ subject, relation }) => [subject.slice('User:'.length), relation]),
  )
  const users = Array.from(world.store.table('User').rows()).filter(({ _id }) => roles.has(_id))
  const found = searched(users, { field: 'email', model: userModel(world) }, params)
  return {
    members: memberPage(found, params).map((user) => ({ ...user, role: roles.get(user._id) })),
    count: found.length,
  }
}

function readMembers({ world, params }: RouteContext): string[] {
  const members = Array.isArray(params['members']) ? params['members'].map(String) : []
  if (members.length === 0) throw bad('members is required and must be a non-empty array')
  return existing(world, members).size === members.length
    ? members
    : fail('members array contains invalid user ids')
}

function existing(world: World, ids: readonly string[]): Set<Row> {
  return new Set(ids.flatMap((id) => byId(world, 'User', id) ?? []))
}

function fail(message: string): never {
  throw bad(message)
}

/** Conduit looks for the caller among the removed before it looks whether they exist. Source: A/handlers/team.ts:355-372. */
export function removeMembers(context: RouteContext): string {
  const { world, params } = context
  const team = teamOf(context, noTeam())
  const { _id: self } = callerOf(context)
  if (Array.isArray(params['members']) && params['members'].includes(self))
    throw bad('Cannot remove self from team')
  const members = readMembers(context)
  demand(context, 'edit', 'User does not have permission to remove team members')
  let spared = false
  for (const member of members) {
    const part = partIn(member, team)
    const [first] = findRelations(world, part)
    const protectedOwner =
      first?.relation === 'owner' && !mayOnTeam(world, self, 'deleteOwners', team._id)
    if (protectedOwner) spared = true
    else removeRelations(world, part)
  }
  if (spared) throw new ConduitError('PERMISSION_DENIED', 'One or more members were not deleted')
  return 'Users removed from team'
}

/** Changes the role of those who are members; others are passed over. Source: A/handlers/team.ts:788-829. */
export function changeRoles(context: RouteContext): string {
  const { world, params } = context
  const team = teamOf(context, noTeam())
  const members = readMembers(context)
  if (members.includes(callerOf(context)._id)) throw bad('Cannot change self role')
  demand(context, 'edit', 'User does not have permission to modify team members')
  for (const member of members) {
    const part = partIn(member, team)
    if (findRelations(world, part).length === 0) continue
    removeRelations(world, part)
    addRelation(world, { ...part, relation: String(params['role']) })
  }
  return 'ok'
}

/** Adds a user without an invitation. Source: A/handlers/team.ts:174-201. */
export function addMember(context: RouteContext): string {
  const { world, params, urlParams } = context
  const teamId = String(urlParams['teamId'])
  const userId = String(params['userId'])
  if (!mayOnTeam(world, callerOf(context)._id, 'invite', teamId))
    throw bad(
      'Could not add user to team, user does not have permission or adding users without invite is disabled',
    )
  if (!byId(world, 'User', userId)) throw bad('Could not add user to team, user does not exist')
  const role = params['role']
  addRelation(world, {
    subject: `User:${userId}`,
    relation: typeof role === 'string' && role !== '' ? role : 'member',
    resource: `Team:${teamId}`,
  })
  return 'User added to team'
}
