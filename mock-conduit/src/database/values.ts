import type { Column, SchemaModel } from './schema-model.ts'

/** As PostgreSQL reads a uuid: hyphens after any group of four digits, and braces around it, are optional. Source: PostgreSQL 15, utils/adt/uuid.c (string_to_uuid). */
const uuidForm = /^(?:[0-9a-f]{4}-?){7}[0-9a-f]{4}$|^\{(?:[0-9a-f]{4}-?){7}[0-9a-f]{4}\}$/i

/** PostgreSQL's refusal of what is no uuid. */
export function requireUuid(value: unknown): void {
  if (typeof value === 'string' && !uuidForm.test(value))
    throw new Error(`invalid input syntax for type uuid: "${sqlText(value)}"`)
}

/** A text as Sequelize hands it to PostgreSQL: NUL escaped, half a surrogate pair replaced by the encoder. Source: sequelize 6, lib/sql-string.js (escape). */
export function sqlText(value: string): string {
  return value.replaceAll('\0', '\\0').replaceAll(/\p{Surrogate}/gu, '\uFFFD')
}

/** A uuid as PostgreSQL shows it, whatever way it was written; anything else as it is. */
export function uuidText(value: unknown): unknown {
  if (typeof value !== 'string' || !uuidForm.test(value)) return value
  const hex = value.replaceAll(/[{}-]/g, '').toLowerCase()
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-')
}

/** A point in time as dates are stored: ISO with milliseconds. Refuses what is none, in PostgreSQL's words for what Sequelize hands it. */
export function dateText(value: string): string {
  const at = new Date(value)
  if (Number.isNaN(at.getTime()))
    throw new Error('invalid input syntax for type timestamp with time zone: "Invalid date"')
  const text = at.toISOString()
  if (text.startsWith('0000-'))
    throw new Error(
      `date/time field value out of range: "${text.replace('T', ' ').replace('Z', ' +00:00')}"`,
    )
  return text
}

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
  if (column.type === 'Relation') {
    requireUuid(value)
    return uuidText(value)
  }
  if (column.type === 'JSON') requireJsonb(value)
  if (typeof value !== 'string') return value
  if (column.type === 'Date') return dateText(value)
  const text = sqlText(value)
  if (column.maxLength !== undefined && Array.from(text).length > column.maxLength)
    throw new Error(`value too long for type character varying(${column.maxLength})`)
  return text
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
    ({ name, required }) => required && (row[name] ?? null) === null,
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
    ({ name, required }) => required && (row[name] ?? null) === null,
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
