import type { Row } from '../wire/route.ts'
import type { Table } from '../world/table.ts'
import type { World } from '../world/world.ts'
import type { SchemaModel } from './schema-model.ts'
import {
  columnName,
  defaultOf,
  requireColumns,
  requireColumnsInBulk,
  requireUuid,
  stored,
  uuidText,
} from './values.ts'

type Fields = Readonly<Record<string, unknown>>

/** Reads and writes of one schema, with PostgreSQL's and Sequelize's semantics. Texts are theirs. */
export interface Documents {
  model: SchemaModel
  table: Table
  /** Undefined for an unknown id; a malformed one is an error. */
  find: (id: unknown) => Row | undefined
  create: (fields: Fields) => Row
  createMany: (list: readonly Fields[]) => Row[]
  /** PUT: fields left out become null, single relations stay. */
  replace: (id: unknown, fields: Fields) => Row | undefined
  /** PATCH: only the given fields; nested objects are merged. */
  patch: (id: unknown, fields: Fields) => Row | undefined
  remove: (id: unknown) => boolean
}

/** Reads and writes of a schema in one world; refusals are thrown as plain errors (500). */
export function documentsOf(world: World, model: SchemaModel): Documents {
  const table = world.store.table(model.name)
  const now = () => new Date(world.clock.now()).toISOString()

  function build(fields: Fields): Row {
    const row: Record<string, unknown> = {}
    for (const column of model.columns)
      row[column.name] = stored(column, fields[column.name] ?? defaultOf(column))
    const at = now()
    return {
      ...row,
      ...(model.timestamps ? { createdAt: at, updatedAt: at } : {}),
      _id: world.ids.uuid(),
    }
  }

  function requireUnique(row: Row): void {
    for (const { name, unique } of model.columns)
      if (
        unique &&
        row[name] !== null &&
        table.equal(name, row[name]).some(({ _id }) => _id !== row._id)
      )
        throw new Error('Validation error')
  }

  function find(id: unknown): Row | undefined {
    if (id === undefined) throw new Error('WHERE parameter "_id" has invalid "undefined" value')
    requireUuid(id)
    const _id = uuidText(id)
    return typeof _id === 'string' ? table.get(_id) : undefined
  }

  function change(row: Row, changed: Record<string, unknown>): Row {
    const next = { ...row, ...changed, ...(model.timestamps ? { updatedAt: now() } : {}) }
    requireUnique(next)
    table.replace(next)
    return next
  }

  return {
    model,
    table,
    find,
    create(fields) {
      requireColumns(model, withDefaults(model, fields))
      const row = build(fields)
      requireUnique(row)
      table.insert(row)
      return row
    },
    createMany(list) {
      const rows = list.map(build)
      for (const row of rows) {
        requireColumnsInBulk(model, row)
        requireUnique(row)
      }
      requireUniqueAmong(model, rows)
      for (const row of rows) table.insert(row)
      return rows
    },
    replace(id, fields) {
      if (id !== undefined) requireUuid(id)
      const written = model.columns.filter(
        (column) => columnName(column) === column.name || fields[column.name] !== undefined,
      )
      requireColumns({ ...model, columns: written }, fields)
      const row = find(id)
      if (!row) return undefined
      const changed: Record<string, unknown> = {}
      for (const column of written) changed[column.name] = stored(column, fields[column.name])
      return change(row, changed)
    },
    patch(id, fields) {
      const row = find(id)
      if (!row) return undefined
      const changed: Record<string, unknown> = {}
      for (const column of model.columns) {
        if (fields[column.name] === undefined) continue
        const value = stored(column, fields[column.name])
        changed[column.name] = column.nested ? mergeNested(row[column.name], value) : value
      }
      return Object.keys(changed).length === 0 ? row : change(row, changed)
    },
    remove: (id) => {
      const row = find(id)
      return row !== undefined && table.delete(row._id)
    },
  }
}

/** A bulk insert fails whole when two of its own rows clash. */
function requireUniqueAmong(model: SchemaModel, rows: readonly Row[]): void {
  for (const { name, unique } of model.columns) {
    const values = rows.map((row) => row[name]).filter((value) => value !== null)
    if (unique && new Set(values).size < values.length) throw new Error('Validation error')
  }
}

function withDefaults(model: SchemaModel, fields: Fields): Fields {
  return Object.fromEntries(
    model.columns.map((column) => [column.name, fields[column.name] ?? defaultOf(column)]),
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function mergeNested(before: unknown, after: unknown): unknown {
  if (!isObject(before) || !isObject(after)) return after
  return {
    ...before,
    ...Object.fromEntries(
      Object.entries(after).map(([key, value]) => [key, mergeNested(before[key], value)]),
    ),
  }
}
