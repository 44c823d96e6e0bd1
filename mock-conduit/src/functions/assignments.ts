import type { RouteContext, Row } from '../wire/route.ts'
import type { Assignment, Endpoint } from './definition.ts'
import { operand } from './operand.ts'

const malformed = () => new Error('Invalid document payload built from custom endpoint assignments')

/** What an endpoint writes: plain fields, and changes that depend on the row. Of several increments (appends, removals) only the last survives, as in the backend's JSON text. Source: customEndpoint.handler.ts:51-133. */
export interface Changes {
  set: Record<string, unknown>
  increment?: { field: string; by: number } | undefined
  append?: { field: string; value: unknown } | undefined
  remove?: { field: string; value: unknown } | undefined
}

/** What an endpoint assigns with this request's values; an assignment whose optional input is absent is left out. */
export function readAssignments(context: RouteContext, endpoint: Endpoint): Changes {
  const changes: Changes = { set: {} }
  for (const assignment of endpoint.assignments ?? []) {
    const given = operand(context, endpoint, assignment.assignmentField)
    if (given !== 'absent') apply(changes, assignment, given.value)
  }
  return changes
}

function apply(changes: Changes, { schemaField: field, action }: Assignment, value: unknown): void {
  if (action === 1) changes.increment = { field, by: amount(value) }
  else if (action === 2) changes.increment = { field, by: -decrement(value) }
  else if (action === 3) changes.append = { field, value }
  else if (action === 4) changes.remove = { field, value }
  else changes.set[field] = value
}

function amount(value: unknown): number {
  if (typeof value !== 'number') throw malformed()
  return value
}

/** The backend writes a dash before the value: `--1` is no JSON. */
function decrement(value: unknown): number {
  if (typeof value !== 'number' || value < 0) throw malformed()
  return value
}

/** The fields to write to one row. */
export function changedFields(
  { set, increment, append, remove }: Changes,
  row: Row,
): Record<string, unknown> {
  const fields = { ...set }
  const list = (field: string): unknown[] => (Array.isArray(row[field]) ? row[field] : [])
  if (increment) {
    const before = row[increment.field]
    if (typeof before === 'number') fields[increment.field] = before + increment.by
  }
  if (append) fields[append.field] = [...list(append.field), append.value]
  if (remove) fields[remove.field] = list(remove.field).filter((each) => each !== remove.value)
  return fields
}
