import { can } from '../authorization/permissions.ts'
import { relate, type Relation, unrelateAll } from '../authorization/relations.ts'
import type { World } from '../world/world.ts'

export type TeamAction =
  'read' | 'edit' | 'delete' | 'invite' | 'viewMembers' | 'viewSubTeams' | 'deleteOwners'

/** Fields that a relation must have; the subject or the resource is one of them. */
export type Wanted = { relation?: string } & (
  { subject: string; resource?: string } | { subject?: string; resource: string }
)

/** Relations that match every given field, oldest first. */
export function findRelations(world: World, wanted: Wanted): Relation[] {
  const table = world.store.table('Relationship')
  const { subject, relation, resource } = wanted
  const rows =
    resource === undefined ? table.equal('subject', subject) : table.equal('resource', resource)
  return rows
    .map((row) => ({
      subject: String(row['subject']),
      relation: String(row['relation']),
      resource: String(row['resource']),
    }))
    .filter(
      (each) =>
        (subject === undefined || each.subject === subject) &&
        (relation === undefined || each.relation === relation),
    )
}

/** Writes a relation; one that is there already stays as it is. Throws (500) for a role that teams do not have. */
export function addRelation(world: World, relation: Relation): void {
  relate(world, relation)
}

/** Takes back all relations that match, with what the backend leaves behind (see `unrelateAll`). */
export function removeRelations(world: World, wanted: Wanted): void {
  unrelateAll(world, findRelations(world, wanted))
}

/** Takes a user or team out of every relation, as subject and as resource. */
export function forgetEntity(world: World, identifier: string): void {
  removeRelations(world, { resource: identifier })
  removeRelations(world, { subject: identifier })
}

/** Whether a user may do `action` with a team, by roles. */
export function mayOnTeam(
  world: World,
  userId: string,
  action: TeamAction,
  teamId: string,
): boolean {
  return can(world, `User:${userId}`, action, `Team:${teamId}`)
}
