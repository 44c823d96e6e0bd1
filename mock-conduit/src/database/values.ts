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
  if (Array.isArray(value) && column.array) {
    if (column.type === 'String' && value.some(holdsNul))
      throw new Error('invalid byte sequence for encoding "UTF8": 0x00')
    return value.map((each) => storedOne(column, each))
  }
  return storedOne(column, value)
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

/** Sequelize's check before it writes one row: every required column that would be null. */
export function requireColumns(model: SchemaModel, row: Readonly<Record<string, unknown>>): void {
  const missing = tableOrder(model).filter(
    (column) => column.required && (valueAt(row, column) ?? null) === null,
  )
  if (missing.length > 0)
    throw new Error(
      missing
        .map(
          (column) => `notNull Violation: cnd_${model.name}.${columnName(column)} cannot be null`,
        )
        .join(',\n'),
    )
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
