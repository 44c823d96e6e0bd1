import { requireRectangular } from './array-literal.ts'
import { valueAt } from './places.ts'
import { sqlValue } from './sql-types.ts'
import type { Column, SchemaModel } from './schema-model.ts'

/** What PostgreSQL's jsonb refuses of a document that is JSON to everybody else: NUL, and half a surrogate pair. */
function requireJsonb(value: unknown): void {
  const text = JSON.stringify(value)
  if (/(?<!\\)(?:\\\\)*\\u0000/.test(text)) throw new Error('unsupported Unicode escape sequence')
  if (/(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(text))
    throw new Error('invalid input syntax for type json')
}

/** A value as the column stores it: dates in ISO with milliseconds, NUL escaped; refuses what PostgreSQL refuses. */
export function stored(column: Column, value: unknown): unknown {
  if (value === undefined || value === null) return null
  if (column.array) {
    if (!Array.isArray(value) && column.type === 'Relation') return null
    if (!Array.isArray(value)) throw new TypeError('values.map is not a function')
    if (column.type === 'String' && value.some(holdsNul))
      throw new Error('invalid byte sequence for encoding "UTF8": 0x00')
    if (column.type !== 'JSON') requireRectangular(value)
    return value.map((each: unknown) => storedItem(column, each))
  }
  return storedOne(column, value)
}

function storedItem(column: Column, item: unknown): unknown {
  if (column.type === 'JSON' || !Array.isArray(item)) return storedOne(column, item)
  return item.map((each: unknown) => storedItem(column, each))
}

/** A list goes as a bound parameter, where NUL is not escaped as it is in a single text. */
function holdsNul(value: unknown): boolean {
  return typeof value === 'string' && value.includes('\0')
}

function storedOne(column: Column, value: unknown): unknown {
  if (value === null) return null
  if (column.type === 'JSON') requireJsonb(value)
  const held = sqlValue(column, value)
  if (column.maxLength === undefined || typeof held !== 'string') return held
  if (Array.from(held).length > column.maxLength)
    throw new Error(
      `value too long for type ${column.sqlType === 'CHAR' ? 'character' : 'character varying'}(${column.maxLength})`,
    )
  return column.sqlType === 'CHAR' ? held.padEnd(column.maxLength) : held
}

/** A single relation is a foreign key, `<field>Id`, and its column comes after the others. Source: DB/adapters/sequelize-adapter/utils/schema.ts:55-62. */
export function columnName({ name, type, array }: Column): string {
  return type === 'Relation' && !array ? `${name}Id` : name
}

function tableOrder({ columns }: SchemaModel): Column[] {
  const isKey = (column: Column) => columnName(column) !== column.name
  return [...columns.filter((column) => !isKey(column)), ...columns.filter(isKey)]
}

/** Sequelize's check before it writes one row: every required column that would be null, every text that is none. Source: sequelize 6, lib/instance-validator.js (_validateSchema). */
export function requireColumns(model: SchemaModel, row: Readonly<Record<string, unknown>>): void {
  const refused = tableOrder(model).flatMap((column) => {
    const value = valueAt(row, column) ?? null
    if (column.required && value === null)
      return [`notNull Violation: cnd_${model.name}.${columnName(column)} cannot be null`]
    const isText = column.type === 'String' && !column.array
    return isText && value !== null && typeof value === 'object'
      ? [`string violation: ${column.name} cannot be an array or an object`]
      : []
  })
  if (refused.length > 0) throw new Error(refused.join(',\n'))
}

/** PostgreSQL's own check, which a bulk insert meets instead. */
export function requireColumnsInBulk(
  model: SchemaModel,
  row: Readonly<Record<string, unknown>>,
): void {
  const missing = tableOrder(model).find(
    (column) => column.required && (valueAt(row, column) ?? null) === null,
  )
  if (missing)
    throw new Error(
      `null value in column "${columnName(missing)}" of relation "cnd_${model.name}" violates not-null constraint`,
    )
}

/** A column's default, of its type: a Number default given as text is 0 (DB/adapters/utils/database-transform-utils.ts:17-22). */
export function defaultOf(column: Column): unknown {
  if (column.default === undefined) return null
  return column.type === 'Number' && typeof column.default === 'string' ? 0 : column.default
}
