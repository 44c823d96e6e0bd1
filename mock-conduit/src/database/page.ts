import type { Row } from '../wire/route.ts'
import { type Compare, createdOrder } from '../world/table.ts'
import { valueAt } from './places.ts'
import type { SchemaModel } from './schema-model.ts'
import { compareColumn } from './compare-values.ts'
import { sortedField, type SortedRows, type SortKey } from './sort-field.ts'

/** The first double beyond bigint: JavaScript has none between the largest bigint and this. */
const BEYOND_BIGINT = 2 ** 63

/** Reads `sort` as Conduit does: a dash anywhere means descending, with the first character cut off; a field named twice keeps its first place and its last direction. Source: DB/handlers/utils.ts:5-16. */
export function parseSort(sort: unknown): SortKey[] {
  if (!Array.isArray(sort)) return []
  const directions = new Map<string, boolean>()
  for (const each of sort) {
    const text = String(each).trim()
    const descending = text.includes('-')
    const field = descending ? text.slice(1) : text
    if (field !== '__proto__') directions.set(field, descending) // an assignment to it sets nothing
  }
  return [...directions].map(([field, descending]) => ({ field, descending }))
}

/** A comparison by columns, nulls last ascending and first descending, as PostgreSQL. Throws its text for an unknown column. */
export function compareBy(
  model: SchemaModel,
  keys: readonly SortKey[],
  rows: SortedRows = { relation: `cnd_${model.name}` },
): Compare {
  const stands = asSequelizeThenPostgres(keys, (key) => {
    const compare =
      key.field === '*' ? compareRows(model) : compareField(model, sortedField(model, key, rows))
    return { descending: key.descending, compare }
  })
  return (a, b) => {
    for (const { descending, compare } of stands) {
      const order = compare(a, b)
      if (order !== 0) return descending ? -order : order
    }
    return 0
  }
}

/** Sequelize writes the whole order before PostgreSQL sees any of it, and PostgreSQL reads all of it before it looks for columns: a TypeError is told first, then what is no SQL. */
function asSequelizeThenPostgres<T>(
  keys: readonly SortKey[],
  read: (key: SortKey) => T,
): readonly T[] {
  let refusal: Error | undefined
  const list = keys.flatMap((key) => {
    try {
      return [read(key)]
    } catch (error) {
      if (error instanceof TypeError || !(error instanceof Error)) throw error
      if (refusal === undefined || isSyntax(error)) refusal = error
      return []
    }
  })
  if (refusal !== undefined) throw refusal
  return list
}

function isSyntax(error: Error): boolean {
  return error.message.startsWith('zero-length')
}

function compareField(model: SchemaModel, field: string): Compare {
  const column = model.byName.get(field)
  const compare = compareColumn(column)
  const value = (row: Row) => (column ? valueAt(row, column) : valueInJson(row, field))
  return (a, b) =>
    compare(value(a), value(b)) || (field === 'createdAt' ? createdOrder(a) - createdOrder(b) : 0)
}

/** `sort=*` is PostgreSQL's order of whole rows: column by column as the table was made, from the fields as declared, then times and id. */
function compareRows(model: SchemaModel): Compare {
  const declared = model.columns.filter(({ type }) => type !== 'Relation')
  const names = [...declared.map(({ name }) => name), 'createdAt', 'updatedAt', '_id']
  const stands = names.map((name) => compareField(model, name))
  return (a, b) => {
    for (const compare of stands) {
      const order = compare(a, b)
      if (order !== 0) return order
    }
    return 0
  }
}

function valueInJson(row: Row, field: string): unknown {
  if (!field.includes('.')) return row[field]
  let at: unknown = row
  for (const key of field.split('.'))
    at =
      typeof at === 'object' && at !== null
        ? Object.entries(at).find(([name]) => name === key)?.[1]
        : undefined
  return typeof at === 'object' && at !== null ? JSON.stringify(at) : at
}

/** LIMIT and OFFSET as PostgreSQL takes them: not negative, within bigint. CRUD routes cut fractions off first, custom endpoints leave them to PostgreSQL, which rounds. */
export function requirePage(
  { skip, limit }: { skip: unknown; limit: unknown },
  whole: (value: number) => number,
): { skip: number; limit: number } {
  const page = { limit: whole(Number(limit)), skip: whole(Number(skip)) }
  if (page.limit >= BEYOND_BIGINT || page.skip >= BEYOND_BIGINT)
    throw new Error('bigint out of range')
  if (page.skip < 0) throw new Error('OFFSET must not be negative')
  if (page.limit < 0) throw new Error('LIMIT must not be negative')
  return page
}
