import type { World } from '../world/world.ts'
import { definitionOf, listedAs, typeOf } from './definitions.ts'
import { RELATIONS, type Relation, tupleOf } from './tuple.ts'

/*
 * What the backend keeps in its two indexes, as far as it cannot be told from relations and definitions: permissions that
 * came through `relation->permission`, and entries of relations that are gone.
 * Source: AZ/controllers/index.controller.ts:143-211, jobs/processPossibleConnections.ts.
 */

/** Stands for everyone where a role would. */
const EVERYONE = '*'

/** A role on a resource, as `Team:1#owner`, or everyone. Whoever holds it has `permission` on `resource`. */
interface Inherited {
  resource: string
  permission: string
  holder: string
}

const INHERITED = 'ObjectIndex'
const LINGERING = 'ActorIndex'
const text = (value: unknown) => (typeof value === 'string' ? value : '')

/**
 * Gives a new relation's subject what `relation->permission` roles grant: to the roles that have the permission on it now.
 * What the subject comes by later is not passed on: the backend would only across types, and where the subject had no
 * relations before.
 */
export function inheritPermissions(world: World, { subject, relation, resource }: Relation): void {
  const { permissions = {} } = definitionOf(world, typeOf(resource)) ?? {}
  for (const [permission, roles] of Object.entries(permissions))
    for (const role of roles) {
      // what everyone may is known of resources that ever had a relation
      if (role === EVERYONE) inherit(world, { resource, permission, holder: EVERYONE })
      const [through, action] = role.split('->')
      if (through === relation && action !== undefined)
        for (const holder of holdersOf(world, action, subject))
          inherit(world, { resource, permission, holder })
    }
}

function inherit(world: World, { resource, permission, holder }: Inherited): void {
  const about = `${resource}#${permission}`
  const _id = `${about} ${holder}`
  const table = world.store.table(INHERITED)
  if (!table.get(_id)) table.insert({ _id, about, holder, resource, permission })
}

/** The roles that have a permission on a resource: its own, then those of entities above it. */
export function holdersOf(world: World, permission: string, resource: string): string[] {
  const own = ownRoles(world, permission, typeOf(resource)).map((role) => `${resource}#${role}`)
  const above = world.store.table(INHERITED).equal('about', `${resource}#${permission}`)
  return [...own, ...above.map((row) => text(row['holder']))]
}

/** Relations that have a permission by themselves on resources of a type. */
function ownRoles(world: World, permission: string, type: string): string[] {
  const roles = listedAs(definitionOf(world, type)?.permissions, permission)
  return roles.filter((role) => role !== EVERYONE && !role.includes('->'))
}

/** Whether `subject` holds a role on a resource. */
export function holds(world: World, subject: string, holder: string): boolean {
  if (holder === EVERYONE) return true
  const at = holder.lastIndexOf('#')
  const [resource, relation] = [holder.slice(0, at), holder.slice(at + 1)]
  const tuple = tupleOf({ subject, relation, resource })
  return [RELATIONS, LINGERING].some((name) => world.store.table(name).get(tuple) !== undefined)
}

/** Resources of a type on which `subject` has a permission, as its index entries say; its cost is that of what the subject holds. */
export function permittedResources(
  world: World,
  subject: string,
  { permission, type }: { permission: string; type: string },
): Set<string> {
  const own = new Set(ownRoles(world, permission, type))
  const permitted = new Set<string>()
  const reach = (holder: string) => {
    for (const row of world.store.table(INHERITED).equal('holder', holder)) {
      const reached = text(row['resource'])
      if (row['permission'] === permission && typeOf(reached) === type) permitted.add(reached)
    }
  }
  reach(EVERYONE)
  for (const { relation, resource } of heldBy(world, subject)) {
    if (own.has(relation) && typeOf(resource) === type) permitted.add(resource)
    reach(`${resource}#${relation}`)
  }
  return permitted
}

function heldBy(world: World, subject: string): Pick<Relation, 'relation' | 'resource'>[] {
  return [RELATIONS, LINGERING].flatMap((name) =>
    world.store
      .table(name)
      .equal('subject', subject)
      .map((row) => ({ relation: text(row['relation']), resource: text(row['resource']) })),
  )
}

/** A relation is gone, but its index entry stays. */
export function linger(world: World, relation: Relation): void {
  world.store.table(LINGERING).replace({ _id: tupleOf(relation), ...relation })
}

/** The index entry of a relation is gone, too. */
export function noLonger(world: World, relation: Relation): void {
  world.store.table(LINGERING).delete(tupleOf(relation))
}
