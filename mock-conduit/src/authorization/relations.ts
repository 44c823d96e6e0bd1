import type { World } from '../world/world.ts'
import { definitionOf } from './definitions.ts'

/** `subject` has `relation` on `resource`; all identifiers are `Type:id`. */
export interface Relation {
  subject: string
  relation: string
  resource: string
}

const SCHEMA = 'Relationship'

/** Conduit's test of an identifier: it holds a colon. Source: AZ/utils/index.ts:4-31. */
export function isIdentifier(text: string): boolean {
  return text.includes(':')
}

const typeOf = (identifier: string) => identifier.slice(0, identifier.indexOf(':'))
const table = (world: World) => world.store.table(SCHEMA)
const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** What a definition lists under a caller's name; nothing under a name that objects have by themselves. */
function listedAs(
  lists: Readonly<Record<string, readonly string[]>> | undefined,
  name: string,
): readonly string[] {
  return lists && Object.hasOwn(lists, name) ? (lists[name] ?? []) : []
}

/** Relations on a resource. */
export function relationsOn(world: World, resource: string): Relation[] {
  return table(world)
    .equal('resource', resource)
    .map((row) => ({ subject: text(row['subject']), relation: text(row['relation']), resource }))
}

/** Writes a relation as the backend does; texts of refusals are its own. Source: AZ/controllers/relations.controller.ts:28-51. */
export function relate(world: World, { subject, relation, resource }: Relation): void {
  if (!isIdentifier(subject)) throw new Error('Subject must be a valid resource identifier')
  if (!isIdentifier(resource)) throw new Error('Object must be a valid resource identifier')
  if (!/^[a-zA-Z]+$/.test(relation)) throw new Error('Relation must be a plain string')
  if (!definitionOf(world, typeOf(subject))) throw new Error('Subject resource not found')
  const definition = definitionOf(world, typeOf(resource))
  if (!definition) throw new Error('Object resource definition not found')
  const allowed = listedAs(definition.relations, relation)
  if (!allowed.includes('*') && !allowed.includes(typeOf(subject)))
    throw new Error('Relation not allowed')
  const _id = `${subject}#${relation}@${resource}`
  if (!table(world).get(_id)) table(world).insert({ _id, subject, relation, resource })
}

export function unrelate(world: World, { subject, relation, resource }: Relation): void {
  table(world).delete(`${subject}#${relation}@${resource}`)
}

/** Whether `subject` may do `action` with `resource`, through relations and through `relation->permission` chains. Source: AZ/controllers/permissions.controller.ts:63-99. */
export function can(world: World, subject: string, action: string, resource: string): boolean {
  return allowed({ world, subject, seen: new Set() }, action, resource)
}

interface Question {
  world: World
  subject: string
  seen: Set<string>
}

function allowed(question: Question, action: string, resource: string): boolean {
  const { world, subject, seen } = question
  if (subject === resource) return true
  const asked = `${action}@${resource}`
  if (seen.has(asked)) return false
  seen.add(asked)
  const roles = listedAs(definitionOf(world, typeOf(resource))?.permissions, action)
  if (roles.includes('*')) return true
  const held = relationsOn(world, resource)
  return roles.some((role) => {
    const [relation, through] = role.split('->')
    const holders = held.filter((each) => each.relation === relation)
    return through === undefined
      ? holders.some((each) => each.subject === subject)
      : holders.some((each) => allowed(question, through, each.subject))
  })
}

/** Ids of one type's resources that `subject` may do `action` with; its cost is that of the subject's relations, not of the collection. */
export function permittedIds(
  world: World,
  subject: string,
  action: string,
  type: string,
): Set<string> {
  const reached = new Set([subject])
  const permitted = new Set<string>()
  for (const from of reached)
    for (const row of table(world).equal('subject', from)) {
      const resource = text(row['resource'])
      if (reached.has(resource)) continue
      reached.add(resource)
      if (resource.startsWith(`${type}:`) && can(world, subject, action, resource))
        permitted.add(resource.slice(type.length + 1))
    }
  return permitted
}
