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
export function dateText(value: unknown): string {
  const at = new Date(typeof value === 'string' || typeof value === 'number' ? value : Number.NaN)
  if (Number.isNaN(at.getTime()))
    throw new Error('invalid input syntax for type timestamp with time zone: "Invalid date"')
  const text = at.toISOString()
  if (text.startsWith('0000-'))
    throw new Error(
      `date/time field value out of range: "${text.replace('T', ' ').replace('Z', ' +00:00')}"`,
    )
  return text
}
