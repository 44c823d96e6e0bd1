import type { World } from '../world/world.ts'
import { definitionOf, listedAs, typeOf } from './definitions.ts'
import { forgetDecisions } from './decisions.ts'
import { inheritPermissions, linger, noLonger } from './index-entries.ts'
import { RELATIONS, type Relation, tupleOf } from './tuple.ts'

export type { Relation } from './tuple.ts'

const table = (world: World) => world.store.table(RELATIONS)
const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** Relations on a resource, oldest first. */
export function relationsOn(world: World, resource: string): Relation[] {
  return table(world)
    .equal('resource', resource)
    .map((row) => ({ subject: text(row['subject']), relation: text(row['relation']), resource }))
}

/** Refuses what cannot be a subject, an action (or relation) and an object. Source: AZ/utils/index.ts:4-31. */
export function requireTuple(subject: string, action: string, object: string): void {
  if (!subject.includes(':')) throw new Error('Subject must be a valid resource identifier')
  if (!object.includes(':')) throw new Error('Object must be a valid resource identifier')
  if (!/^[a-zA-Z]+$/.test(action)) throw new Error('Relation must be a plain string')
}

/** Writes a relation as the backend does; texts of refusals are its own. Source: AZ/controllers/relations.controller.ts:21-70. */
export function relate(world: World, about: Relation): void {
  const { subject, relation, resource } = about
  requireTuple(subject, relation, resource)
  if (subject === resource) throw new Error('Subject and object must be different')
  const _id = tupleOf(about)
  if (table(world).get(_id)) return
  requireSubjectType(world, subject)
  const definition = definitionOf(world, typeOf(resource))
  if (!definition) throw new Error('Object resource definition not found')
  const allowed = listedAs(definition.relations, relation)
  if (!allowed.includes('*') && !allowed.includes(typeOf(subject)))
    throw new Error('Relation not allowed')
  table(world).insert({ _id, subject, relation, resource })
  inheritPermissions(world, about)
  forgetDecisions(world, subject)
}

/**
 * Writes one relation to each of several resources; none is an error, whose text tells whether there is any relation at
 * all: the condition on an empty list falls away on PostgreSQL. Source: AZ/controllers/relations.controller.ts:72-133,
 * queue.controller.ts:103-112, DB/adapters/sequelize-adapter/parser/index.ts:181-188.
 */
export function relateAll(
  world: World,
  { subject, relation, resources }: Omit<Relation, 'resource'> & { resources: readonly string[] },
): void {
  if (resources.length === 0) {
    if (table(world).size > 0) throw new Error('Relations already exist')
    requireSubjectType(world, subject)
    throw new Error('Missing relations (subject, relation, object)')
  }
  for (const resource of resources) relate(world, { subject, relation, resource })
}

/**
 * Takes relations back, as the backend does on PostgreSQL: the index of the first is cleaned, then a query over a list
 * column fails (`values.map is not a function`, which nobody is told), so that the others are gone but still count when
 * permissions are asked for, and decisions that were kept stand. Source: AZ/controllers/relations.controller.ts:153-172,
 * index.controller.ts:213-234, Authorization.ts:261-270; run with sequelize 6.37.8.
 */
export function unrelateAll(world: World, relations: readonly Relation[]): void {
  for (const [at, relation] of relations.entries()) {
    if (!table(world).delete(tupleOf(relation))) continue
    if (at === 0) noLonger(world, relation)
    else linger(world, relation)
  }
}

function requireSubjectType(world: World, subject: string): void {
  if (!definitionOf(world, typeOf(subject))) throw new Error('Subject resource not found')
}
