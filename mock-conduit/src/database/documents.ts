import type { Row } from '../wire/route.ts'
import type { Table } from '../world/table.ts'
import type { World } from '../world/world.ts'
import { documentOf, placed, valueAt, without } from './places.ts'
import type { Column, SchemaModel } from './schema-model.ts'
import { columnName, defaultOf, requireColumns, requireColumnsInBulk, stored } from './values.ts'
import { requireUuid, uuidText } from './sql-text.ts'

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
  /** PATCH: only the given fields, in nested objects too. */
  patch: (id: unknown, fields: Fields) => Row | undefined
  remove: (id: unknown) => boolean
}

/** Reads and writes of a schema in one world; refusals are thrown as plain errors (500). */
export function documentsOf(world: World, model: SchemaModel): Documents {
  const table = world.store.table(model.name)
  const now = () => new Date(world.clock.now()).toISOString()

  function build(fields: Fields, at = now()): Row {
    return {
      ...documentOf(model, (column) =>
        stored(column, valueAt(fields, column) ?? defaultOf(column)),
      ),
      ...(model.timestamps ? { createdAt: at, updatedAt: at } : {}),
      _id: world.ids.uuid(),
    }
  }

  function requireUnique(row: Row): void {
    for (const column of model.columns.filter(({ unique }) => unique)) {
      const value = valueAt(row, column)
      if (value !== null && holders(column, value).some(({ _id }) => _id !== row._id))
        throw new Error('Validation error')
    }
  }

  function holders(column: Column, value: unknown): readonly Row[] {
    if (column.path.length === 1) return table.equal(column.name, value)
    return table.heap().filter((each) => valueAt(each, column) === value)
  }

  function find(id: unknown): Row | undefined {
    if (id === undefined) throw new Error('WHERE parameter "_id" has invalid "undefined" value')
    requireUuid(id)
    const _id = uuidText(id)
    return typeof _id === 'string' ? table.get(_id) : undefined
  }

  function changed(row: Row, columns: readonly Column[], fields: Fields): Record<string, unknown> {
    if (withoutSetter(model, fields)) throw noSetter()
    let next: Record<string, unknown> = row
    for (const column of columns)
      next = placed(next, column.path, stored(column, valueAt(fields, column)))
    return next
  }

  /** PostgreSQL reads the values also where there is no document to change; then a to-many relation cannot be set. Source: sequelize-adapter/utils/query.ts:139-170. */
  function refuseMissing(written: readonly Column[], fields: Fields): void {
    for (const column of written) stored(column, valueAt(fields, column))
    const linked = model.columns.find(
      (column) =>
        column.array && column.type === 'Relation' && Array.isArray(valueAt(fields, column)),
    )
    if (!linked) return
    const name = `${linked.name.charAt(0).toUpperCase()}${linked.name.slice(1)}`
    throw new TypeError(
      `Cannot read properties of null (reading 'set${name}${name.endsWith('s') ? '' : 's'}')`,
    )
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
      const lost = withoutSetter(model, fields)
      const row = build(lost ? without(fields, lost.path) : fields)
      requireUnique(row)
      if (lost) throw noSetter()
      table.insert(row)
      return row
    },
    createMany(list) {
      const at = now() // one for all
      const rows = list.map((fields) => build(withoutToMany(model, fields), at))
      for (const row of rows) {
        requireColumnsInBulk(model, row)
        requireUnique(row)
      }
      requireUniqueAmong(model, rows)
      table.insertTogether(rows)
      return rows
    },
    replace(id, fields) {
      if (id !== undefined) requireUuid(id)
      const written = model.columns.filter(
        (column) => columnName(column) === column.name || valueAt(fields, column) !== undefined,
      )
      requireColumns({ ...model, columns: written }, fields)
      const row = find(id)
      if (!row) {
        refuseMissing(written, fields)
        return undefined
      }
      return change(row, changed(row, written, fields))
    },
    patch(id, fields) {
      const row = find(id)
      const written = model.columns.filter((column) => isWritten(column, valueAt(fields, column)))
      if (written.length === 0) return row
      requireColumns({ ...model, columns: written }, fields)
      if (!row) {
        refuseMissing(written, fields)
        return undefined
      }
      return change(row, changed(row, written, fields))
    },
    remove: (id) => {
      const row = find(id)
      return row !== undefined && table.delete(row._id)
    },
  }
}

/** Of a to-many relation only a list means anything. Source: sequelize-adapter/utils/query.ts:172-192. */
function isWritten({ array, type }: Column, value: unknown): boolean {
  return value !== undefined && (!array || type !== 'Relation' || Array.isArray(value))
}

/** A bulk insert fails whole when two of its own rows clash. */
function requireUniqueAmong(model: SchemaModel, rows: readonly Row[]): void {
  for (const column of model.columns.filter(({ unique }) => unique)) {
    const values = rows.map((row) => valueAt(row, column)).filter((value) => value !== null)
    if (new Set(values).size < values.length) throw new Error('Validation error')
  }
}

/** A bulk insert drops to-many relations. Source: sequelize-adapter/SequelizeSchema.ts:281-312. */
function withoutToMany(model: SchemaModel, fields: Fields): Fields {
  let kept = fields
  for (const { array, type, path } of model.columns)
    if (array && type === 'Relation') kept = without(kept, path)
  return kept
}

/** A to-many relation is set by a method that Sequelize names after it; Conduit expects one with an `s` at its end. Source: sequelize-adapter/utils/query.ts:139-170. */
function withoutSetter(model: SchemaModel, fields: Fields): Column | undefined {
  return model.columns.find(
    (column) =>
      column.array &&
      column.type === 'Relation' &&
      Array.isArray(valueAt(fields, column)) &&
      !column.name.endsWith('s'),
  )
}

const noSetter = () => new TypeError('doc[modelName] is not a function')

function withDefaults(model: SchemaModel, fields: Fields): Fields {
  return documentOf(model, (column) => valueAt(fields, column) ?? defaultOf(column))
}
