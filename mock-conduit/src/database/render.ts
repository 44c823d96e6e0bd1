import type { Row } from '../wire/route.ts'
import type { Table } from '../world/table.ts'
import type { World } from '../world/world.ts'
import type { SchemaModel } from './schema-model.ts'
import { schemasOf } from './schemas.ts'

type Document = Record<string, unknown>

const hiddenOf = new WeakMap<SchemaModel, string[]>()

/** Columns that reads do not show: `select: false`, and to-many relations until they are populated. */
function hiddenColumns(model: SchemaModel): string[] {
  let hidden = hiddenOf.get(model)
  if (!hidden) {
    hidden = model.columns
      .filter((column) => column.hidden || (column.type === 'Relation' && column.array))
      .map(({ name }) => name)
    hiddenOf.set(model, hidden)
  }
  return hidden
}

/** A row as list and get show it; the row itself when nothing is hidden. */
export function visible(model: SchemaModel, row: Row): Row {
  const hidden = hiddenColumns(model)
  if (hidden.length === 0) return row
  const shown: Document = { ...row }
  for (const name of hidden) Reflect.deleteProperty(shown, name)
  return { ...shown, _id: row._id }
}

/** A raw row, as PostgreSQL returns it from an update: relations as `<field>Id`, nested objects as `a_b`. */
export function rawRow(model: SchemaModel, row: Row): Document {
  const raw: Document = {}
  for (const [name, value] of Object.entries(row)) {
    const column = model.byName.get(name)
    if (column?.type === 'Relation') {
      if (!column.array) raw[`${name}Id`] = value
    } else if (column?.nested) flatten(raw, name, value)
    else raw[name] = value
  }
  return raw
}

function flatten(into: Document, prefix: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) into[prefix] = value
  else for (const [key, each] of Object.entries(value)) flatten(into, `${prefix}_${key}`, each)
}

/**
 * Populates a row along dotted paths. Inside a populated document its own relations stand as `<field>Id`; a path whose
 * first step is not itself populated fails as the backend does. Source: recording db-populate, sequelize-adapter/utils/query.ts.
 */
export function populated(
  world: World,
  model: SchemaModel,
  row: Row,
  paths: readonly string[],
): Document {
  requirePopulable(paths)
  const known = paths.filter((path) => isRelation(model, firstStep(path)))
  const shown: Document = { ...visible(model, row) }
  const whole = new Set(known.filter((path) => !path.includes('.')))
  for (const name of whole) shown[name] = related(world, model, row, name)
  for (const path of known.filter((each) => each.includes('.')))
    populateBelow({ world, model, row, shown, whole }, path)
  return shown
}

/** Sequelize's refusal of a path that begins with a name objects have by themselves, before anything is read. */
export function requirePopulable(paths: readonly string[]): void {
  if (paths.some((path) => firstStep(path) in Object.prototype))
    throw new Error(
      'Include unexpected. Element has to be either a Model, an Association or an object.',
    )
}

function firstStep(path: string): string {
  return path.split('.')[0] ?? ''
}

interface Work {
  world: World
  model: SchemaModel
  row: Row
  shown: Document
  /** Relations that are populated themselves. */
  whole: ReadonlySet<string>
}

function populateBelow({ world, model, row, shown, whole }: Work, path: string): void {
  const [first = '', ...rest] = path.split('.')
  const value = shown[first]
  const target = schemasOf(world).get(model.byName.get(first)?.model ?? '')
  const [next = ''] = rest
  if (target && !isRelation(target, next)) {
    if (!whole.has(first)) corrupt(world.store.table(target.name), { row, field: first, shown })
    return
  }
  if (typeof value === 'string')
    throw new Error(`Cannot create property '${next}' on string '${value}'`)
  if (typeof value !== 'object' || value === null || !target) return
  const id = row[first]
  const targetRow = typeof id === 'string' ? world.store.table(target.name).get(id) : undefined
  if (!targetRow) return
  const below = populated(world, target, targetRow, [rest.join('.'), next])
  Object.assign(value, { [next]: below[next] })
  Reflect.deleteProperty(value, `${next}Id`)
}

/** A dotted path that names no relation of the target: the answer is a document with the target's id and times (null without a target) and an empty relation. */
function corrupt(
  targets: Table,
  { row, field, shown }: { row: Row; field: string; shown: Document },
): void {
  const id = row[field]
  const target = typeof id === 'string' ? targets.get(id) : undefined
  for (const name of ['_id', 'createdAt', 'updatedAt'])
    if (name in shown) shown[name] = target?.[name] ?? null
  shown[field] = typeof id === 'string' ? {} : null
}

function isRelation(model: SchemaModel, name: string): boolean {
  return model.byName.get(name)?.type === 'Relation'
}

function related(world: World, model: SchemaModel, row: Row, name: string): unknown {
  const target = schemasOf(world).get(model.byName.get(name)?.model ?? '')
  const value = row[name]
  if (!target) return value
  const one = (id: unknown): Document | null => {
    const found = typeof id === 'string' ? world.store.table(target.name).get(id) : undefined
    return found ? rawRow(target, visible(target, found)) : null
  }
  return Array.isArray(value) ? value.map(one).filter((each) => each !== null) : one(value)
}
