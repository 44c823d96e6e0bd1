import { placed } from '../database/places.ts'
import type { SchemaModel } from '../database/schema-model.ts'
import type { RouteContext, Row } from '../wire/route.ts'
import type { Assignment, Endpoint } from './definition.ts'
import { incremented, type Increment } from './increment.ts'
import { operand } from './operand.ts'

const malformed = () => new Error('Invalid document payload built from custom endpoint assignments')

/** What an endpoint writes: plain fields, and changes that depend on the row. Of several increments (appends) only the last survives, as in the backend's JSON text. Source: customEndpoint.handler.ts:51-133. */
export interface Changes {
  set: Record<string, unknown>
  increment?: Increment | undefined
  append?: { field: string; value: unknown } | undefined
}

/** What an endpoint assigns with this request's values; an assignment whose optional input is absent is left out. */
export function readAssignments(context: RouteContext, endpoint: Endpoint): Changes {
  const changes: Changes = { set: {} }
  for (const assignment of endpoint.assignments ?? []) {
    const given = operand(context, endpoint, assignment.assignmentField)
    if (given !== 'absent') apply(changes, assignment, given.value)
  }
  changes.set = nested(changes.set)
  return changes
}

/** A removal changes nothing: `$pull` is no attribute of the model, so Sequelize drops it. Source: sequelize-adapter/SequelizeSchema.ts:106-235. */
function apply(changes: Changes, { schemaField: field, action }: Assignment, value: unknown): void {
  if (action === 1) changes.increment = { field, by: value }
  else if (action === 2) changes.increment = { field, by: negated(value) }
  else if (action === 3) changes.append = { field, value }
  else if (action !== 4) changes.set[field] = value
}

/** The backend writes a dash before the value: only a number that has none is JSON then. */
function negated(value: unknown): number {
  if (typeof value !== 'number' || value < 0) throw malformed()
  return -value
}

/** Fields of nested objects in their places; a dotted name counts for more than the object. Source: sequelize-adapter/utils/pathUtils.ts:14-37. */
function nested(set: Record<string, unknown>): Record<string, unknown> {
  const names = Object.keys(set)
  const dotted = names.filter((name) => name.includes('.'))
  if (dotted.length === 0) return set
  let fields = Object.fromEntries(
    names.filter((name) => !name.includes('.')).map((name) => [name, set[name]]),
  )
  for (const name of dotted) fields = placed(fields, name.split('.'), set[name])
  return fields
}

/** The fields to write to one row. */
export function changedFields(
  { set, increment, append }: Changes,
  model: SchemaModel,
  row: Row,
): Record<string, unknown> {
  const fields = { ...set }
  if (increment) fields[increment.field] = incremented(model, row, increment)
  if (append) fields[append.field] = appended(model, row, append)
  return fields
}

/** Relations have no such method, and what is null no items. Source: sequelize-adapter/SequelizeSchema.ts:158-187. */
function appended(
  model: SchemaModel,
  row: Row,
  { field, value }: { field: string; value: unknown },
): unknown[] {
  if (model.byName.get(field)?.type === 'Relation')
    throw new TypeError('parentDoc[actualRel] is not a function')
  const list = row[field]
  if (!Array.isArray(list)) throw new TypeError('parentDoc[key] is not iterable')
  return [...(list as unknown[]), value]
}
