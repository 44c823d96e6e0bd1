import type { Row } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { placed, valueAt, without } from './places.ts'
import type { Column, SchemaModel } from './schema-model.ts'
import { schemasOf } from './schemas.ts'
import { columnName } from './values.ts'
import { isFields } from '../is-object.ts'

type Document = Record<string, unknown>

const hiddenOf = new WeakMap<SchemaModel, Column[]>()

/** Columns that reads do not show: `select: false`, and to-many relations until they are populated. */
function hiddenColumns(model: SchemaModel): Column[] {
  let hidden = hiddenOf.get(model)
  if (!hidden) {
    hidden = model.columns.filter((column) => column.hidden || isToMany(column))
    hiddenOf.set(model, hidden)
  }
  return hidden
}

/** A row as list and get show it; the row itself when nothing is hidden. */
export function visible(model: SchemaModel, row: Row): Row {
  const hidden = hiddenColumns(model)
  if (hidden.length === 0) return row
  let shown: Document = row
  for (const { path } of hidden) shown = without(shown, path)
  return { ...shown, _id: row._id }
}

/** A row as its creation shows it: whole, but for to-many relations. */
export function createdRow(model: SchemaModel, row: Row): Document {
  let shown: Document = row
  for (const { path } of model.columns.filter(isToMany)) shown = without(shown, path)
  return shown
}

function isToMany({ type, array }: Column): boolean {
  return type === 'Relation' && array
}

/** A raw row, as PostgreSQL returns it from an update: relations as `<field>Id`, nested objects as `a_b`. */
export function rawRow(model: SchemaModel, row: Row): Document {
  const raw: Document = { ...row }
  for (const { path } of model.columns) Reflect.deleteProperty(raw, path[0] ?? '')
  for (const column of model.columns)
    if (column.type !== 'Relation' || !column.array) raw[columnName(column)] = valueAt(row, column)
  return raw
}

/** A document that was populated: nested objects as such, but single relations by their columns, `<field>Id`. */
function populatedRow(model: SchemaModel, row: Row): Document {
  let shown: Document = { ...visible(model, row) }
  for (const column of model.columns.filter(isKey)) {
    shown = without(shown, column.path)
    shown[columnName(column)] = valueAt(row, column)
  }
  return shown
}

function isKey({ type, array }: Column): boolean {
  return type === 'Relation' && !array
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
  const steps = paths.map((path) => stepOf(model, path)).filter((step) => step !== undefined)
  let shown: Document = { ...visible(model, row) }
  const whole = new Set(steps.filter(({ rest }) => rest === '').map(({ column }) => column))
  for (const column of whole)
    shown = placed(shown, column.path, related(world, { model, row, column }))
  for (const step of steps.filter(({ rest }) => rest !== ''))
    populateBelow({ world, model, row, shown, whole }, step)
  for (const column of model.columns.filter((each) => isKey(each) && each.path.length > 1))
    if (!whole.has(column) && paths.includes(column.path.join('.')))
      shown = without(shown, column.path)
  return shown
}

/** Sequelize's refusal of a path that begins with a name objects have by themselves, before anything is read. */
export function requirePopulable(paths: readonly string[]): void {
  if (paths.some((path) => path.split('.', 1).some((first) => first in Object.prototype)))
    throw new Error(
      'Include unexpected. Element has to be either a Model, an Association or an object.',
    )
}

/** A relation to follow, and what is to be populated behind it. */
interface Step {
  column: Column
  rest: string
}

/** The first step of a path; one through a nested object names the column there, or, a quirk, any that begins as it (`a.bc` leads through `a.b`, then by its whole self). Undefined for what is no relation. Source: sequelize-adapter/utils/query.ts:62-90. */
function stepOf(model: SchemaModel, path: string): Step | undefined {
  const nested = path.includes('.')
    ? model.columns.find((each) => each.path.length > 1 && path.startsWith(each.path.join('.')))
    : undefined
  const [first = '', ...others] = path.split('.')
  const column = nested ?? model.byName.get(first)
  if (column?.type !== 'Relation') return undefined
  if (!nested) return { column, rest: others.join('.') }
  const name = nested.path.join('.')
  if (path === name) return { column, rest: '' }
  return { column, rest: path.startsWith(`${name}.`) ? path.slice(name.length + 1) : path }
}

interface Work {
  world: World
  model: SchemaModel
  row: Row
  shown: Document
  /** Relations that are populated themselves. */
  whole: ReadonlySet<Column>
}

function populateBelow(work: Work, { column, rest }: Step): void {
  const { world, row, shown, whole } = work
  const value = valueAt(shown, column)
  const target = schemasOf(world).get(column.model ?? '')
  const [next = ''] = rest.split('.')
  const step = target && stepOf(target, rest)
  if (target && !step) {
    if (!whole.has(column)) corrupt(work, column, target)
    return
  }
  if (step && isToMany(step.column) && !whole.has(column))
    throw new Error(`Cannot read properties of undefined (reading '${next}')`)
  if (typeof value === 'string')
    throw new Error(`Cannot create property '${next}' on string '${value}'`)
  if (value === null && target && !whole.has(column)) corrupt(work, column, target)
  if (!isFields(value) || !target || !step) return
  const id = valueAt(row, column)
  const targetRow = typeof id === 'string' ? world.store.table(target.name).get(id) : undefined
  if (!targetRow) return
  const below = populated(world, target, targetRow, [rest, step.column.name])
  Object.assign(value, placed(value, step.column.path, valueAt(below, step.column)))
  Reflect.deleteProperty(value, `${next}Id`)
}

/**
 * A dotted path that names no relation of the target: the answer is a document with the target's id, times and columns of
 * the same names (null without a target) and an empty relation. Compared with a running backend.
 */
function corrupt({ world, model, row, shown }: Work, column: Column, target: SchemaModel): void {
  const id = valueAt(row, column)
  const found = typeof id === 'string' ? world.store.table(target.name).get(id) : undefined
  for (const name of ['_id', 'createdAt', 'updatedAt'])
    if (name in shown) shown[name] = found?.[name] ?? null
  for (const { path, name, type, hidden } of model.columns) {
    const same = target.byName.get(name)
    if (same && !same.hidden && !hidden && type !== 'Relation' && same.type !== 'Relation')
      Object.assign(shown, placed(shown, path, found ? valueAt(found, same) : null))
  }
  Object.assign(shown, placed(shown, column.path, typeof id === 'string' ? {} : null))
}

/** What a relation leads to: a document or null; of several a list, empty where nothing is set, each with its row of the table between, named for both schemas. Source: sequelize-adapter/utils/schema.ts:20-60. */
function related(
  world: World,
  { model, row, column }: { model: SchemaModel; row: Row; column: Column },
): unknown {
  const value = valueAt(row, column)
  const target = schemasOf(world).get(column.model ?? '')
  if (!target) return value
  const one = (id: unknown): Document | null => {
    const found = typeof id === 'string' ? world.store.table(target.name).get(id) : undefined
    return found ? populatedRow(target, found) : null
  }
  if (!column.array) return one(value)
  const { createdAt, updatedAt } = row
  const between = (id: unknown) => ({
    createdAt,
    updatedAt,
    [model.name]: row._id,
    [target.name]: id,
  })
  return (Array.isArray(value) ? (value as unknown[]) : []).flatMap((id) => {
    const document = one(id)
    return document ? [{ ...document, [`cnd_${model.name}_${target.name}`]: between(id) }] : []
  })
}
