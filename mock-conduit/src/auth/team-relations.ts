import type { Row } from '../wire/route.ts'
import type { World } from '../world/world.ts'

/** A user's or team's part in a team: `User:<id>` is `member` of `Team:<id>`. */
export interface TeamRelation {
  subject: string
  relation: string
  resource: string
}

const SCHEMA = 'Relationship'

const idOf = ({ subject, relation, resource }: TeamRelation) => `${subject}#${relation}@${resource}`

const roles: readonly string[] = ['member', 'owner', 'readAll', 'editAll']

/** Writes a relation; one that is there already stays. Throws (500) for a role that teams do not have. */
export function addRelation(world: World, relation: TeamRelation): void {
  if (!roles.includes(relation.relation)) throw new Error('Relation not allowed')
  world.store.table(SCHEMA).replace({ _id: idOf(relation), ...relation })
}

/** Relations that match every given field, oldest first. */
export function findRelations(world: World, wanted: Partial<TeamRelation>): TeamRelation[] {
  const matches = (row: Row) =>
    Object.entries(wanted).every(([field, value]) => row[field] === value)
  return Array.from(world.store.table(SCHEMA).rows())
    .filter(matches)
    .map(({ subject, relation, resource }) => ({
      subject: String(subject),
      relation: String(relation),
      resource: String(resource),
    }))
}

export function removeRelations(world: World, wanted: Partial<TeamRelation>): void {
  for (const relation of findRelations(world, wanted))
    world.store.table(SCHEMA).delete(idOf(relation))
}

/** Who may do what with a team: relations, and `owner->x` for those who may do `x` with a team that owns it. Source: A/authz/index.ts. */
const permissions = {
  read: ['owner', 'readAll', 'editAll', 'owner->read', 'owner->edit'],
  edit: ['owner', 'editAll', 'owner->edit'],
  delete: ['owner', 'owner->edit'],
  invite: ['owner', 'editAll', 'owner->edit'],
  viewMembers: ['member', 'owner', 'readAll', 'owner->read', 'editAll', 'owner->edit'],
  manageMembers: ['owner', 'owner->edit'],
  viewSubTeams: ['owner', 'readAll', 'editAll', 'owner->read', 'owner->edit'],
  manageSubTeams: ['owner', 'editAll', 'owner->edit'],
  deleteOwners: ['owner', 'owner->deleteOwners'],
} as const satisfies Record<string, readonly string[]>

export type TeamAction = keyof typeof permissions

export function mayOnTeam(
  world: World,
  userId: string,
  action: TeamAction,
  teamId: string,
): boolean {
  const toTeam = findRelations(world, { resource: `Team:${teamId}` })
  const granting: readonly string[] = permissions[action]
  if (
    toTeam.some(
      ({ subject, relation }) => subject === `User:${userId}` && granting.includes(relation),
    )
  )
    return true
  const inherited = granting
    .filter((grant) => grant.startsWith('owner->'))
    .map((grant) => grant.slice('owner->'.length))
  const parents = toTeam.filter(
    ({ subject, relation }) => relation === 'owner' && subject.startsWith('Team:'),
  )
  return parents.some(({ subject }) =>
    inherited.some(
      (through) =>
        isAction(through) && mayOnTeam(world, userId, through, subject.slice('Team:'.length)),
    ),
  )
}

function isAction(name: string): name is TeamAction {
  return Object.hasOwn(permissions, name)
}
