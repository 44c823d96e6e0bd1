import type { Column, SchemaModel } from './schema-model.ts'

const uuidForm = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i

/** PostgreSQL's refusal of what is no uuid. */
export function requireUuid(value: unknown): void {
  if (typeof value === 'string' && !uuidForm.test(value))
    throw new Error(`invalid input syntax for type uuid: "${value}"`)
}

/** A value as the column stores it: dates in ISO with milliseconds, NUL escaped; refuses what PostgreSQL refuses. */
export function stored(column: Column, value: unknown): unknown {
  if (value === undefined || value === null) return null
  if (Array.isArray(value) && column.array) return value.map((each) => storedOne(column, each))
  return storedOne(column, value)
}

function storedOne(column: Column, value: unknown): unknown {
  if (column.type === 'Relation') requireUuid(value)
  if (typeof value !== 'string') return value
  if (column.type === 'Date') return new Date(value).toISOString()
  const text = value.replaceAll('\0', '\\0')
  if (column.maxLength !== undefined && Array.from(text).length > column.maxLength)
    throw new Error(`value too long for type character varying(${column.maxLength})`)
  return text
}

/** Sequelize's check before it writes one row: every required column that would be null. */
export function requireColumns(model: SchemaModel, row: Readonly<Record<string, unknown>>): void {
  const missing = model.columns.filter(
    ({ name, required }) => required && (row[name] ?? null) === null,
  )
  if (missing.length > 0)
    throw new Error(
      missing
        .map(({ name }) => `notNull Violation: cnd_${model.name}.${name} cannot be null`)
        .join(',\n'),
    )
}

/** PostgreSQL's own check, which a bulk insert meets instead. */
export function requireColumnsInBulk(
  model: SchemaModel,
  row: Readonly<Record<string, unknown>>,
): void {
  const missing = model.columns.find(
    ({ name, required }) => required && (row[name] ?? null) === null,
  )
  if (missing)
    throw new Error(
      `null value in column "${missing.name}" of relation "cnd_${model.name}" violates not-null constraint`,
    )
}

/** A column's default, of its type: a Number default given as text is 0 (DB/adapters/utils/database-transform-utils.ts:17-22). */
export function defaultOf(column: Column): unknown {
  if (column.default === undefined) return null
  return column.type === 'Number' && typeof column.default === 'string' ? 0 : column.default
}
