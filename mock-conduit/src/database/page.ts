import type { Row } from '../wire/route.ts'
import { type Compare, createdOrder } from '../world/table.ts'
import type { SchemaModel } from './schema-model.ts'
import { columnName } from './values.ts'

/** As near as a double comes. */
const BIGINT_MAX = 2 ** 63 - 1

export interface SortKey {
  field: string
  descending: boolean
}

/** Reads `sort` as Conduit does: a dash anywhere means descending, with the first character cut off. Source: DB/handlers/utils.ts:5-16. */
export function parseSort(sort: unknown): SortKey[] {
  if (!Array.isArray(sort)) return []
  return sort.map((each) => {
    const text = String(each).trim()
    return text.includes('-')
      ? { field: text.slice(1), descending: true }
      : { field: text, descending: false }
  })
}

/** A comparison by columns, nulls last ascending and first descending, as PostgreSQL. Throws its text for an unknown column. */
export function compareBy(model: SchemaModel, keys: readonly SortKey[]): Compare {
  const known = new Set([
    '_id',
    ...(model.timestamps ? ['createdAt', 'updatedAt'] : []),
    ...model.columns.map(columnName),
  ])
  const keyFields = new Map(model.columns.map((column) => [columnName(column), column.name]))
  for (const { field } of keys) {
    if (field === '') throw new Error('zero-length delimited identifier at or near """"')
    const path = field.split('.')
    const isJsonPath = path.length > 1 && model.byName.get(path[0] ?? '')?.type === 'JSON'
    if (!known.has(field) && !isJsonPath)
      throw new Error(`column cnd_${model.name}.${field} does not exist`)
  }
  return (a, b) => {
    for (const { field, descending } of keys) {
      const stands = keyFields.get(field) ?? field
      const order =
        compareValues(valueAt(a, stands), valueAt(b, stands)) ||
        (field === 'createdAt' ? createdOrder(a) - createdOrder(b) : 0)
      if (order !== 0) return descending ? -order : order
    }
    return 0
  }
}

function valueAt(row: Row, field: string): unknown {
  if (!field.includes('.')) return row[field]
  let at: unknown = row
  for (const key of field.split('.'))
    at =
      typeof at === 'object' && at !== null
        ? Object.entries(at).find(([name]) => name === key)?.[1]
        : undefined
  return typeof at === 'object' && at !== null ? JSON.stringify(at) : at
}

const collator = new Intl.Collator('en')

function compareValues(a: unknown, b: unknown): number {
  const [noA, noB] = [a === null || a === undefined, b === null || b === undefined]
  if (noA || noB) return Number(noA) - Number(noB)
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  const [textA, textB] = [
    typeof a === 'string' ? a : JSON.stringify(a),
    typeof b === 'string' ? b : JSON.stringify(b),
  ]
  return collator.compare(textA, textB) || (textA < textB ? -1 : Number(textA > textB))
}

/** LIMIT and OFFSET as PostgreSQL takes them: not negative, within bigint. CRUD routes cut fractions off first, custom endpoints leave them to PostgreSQL, which rounds. */
export function requirePage(
  { skip, limit }: { skip: unknown; limit: unknown },
  whole: (value: number) => number,
): { skip: number; limit: number } {
  const page = { limit: whole(Number(limit)), skip: whole(Number(skip)) }
  if (page.limit > BIGINT_MAX || page.skip > BIGINT_MAX) throw new Error('bigint out of range')
  if (page.skip < 0) throw new Error('OFFSET must not be negative')
  if (page.limit < 0) throw new Error('LIMIT must not be negative')
  return page
}
