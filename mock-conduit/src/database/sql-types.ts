import { dateText, requireUuid, sqlText, uuidText } from './sql-text.ts'

/** What of a column decides how PostgreSQL reads and compares its values. */
export interface Typed {
  type: string
  sqlType: string | undefined
}

const byType: Readonly<Record<string, string>> = {
  String: 'character varying',
  Number: 'double precision',
  Boolean: 'boolean',
  Date: 'timestamp with time zone',
  Relation: 'uuid',
  ObjectId: 'uuid',
}
const bySqlType: Readonly<Record<string, string>> = {
  TEXT: 'text',
  CHAR: 'character',
  INT: 'integer',
  BIGINT: 'bigint',
  DECIMAL: 'numeric',
  TIME: 'time without time zone',
}

/** PostgreSQL's name for a column's type, of one item where it is a list. Source: sequelize-adapter/postgres-adapter/PgSchemaConverter.ts:50-106. */
export function sqlTypeOf({ type, sqlType }: Typed): string {
  return bySqlType[sqlType ?? ''] ?? byType[type] ?? 'jsonb'
}

/** Types of whose values Sequelize makes numbers or texts that PostgreSQL counts with. */
export function isNumeric(sqlType: string): boolean {
  return ['double precision', 'integer', 'bigint', 'numeric'].includes(sqlType)
}

export function isText(sqlType: string): boolean {
  return ['character varying', 'text', 'character'].includes(sqlType)
}

/** A value as a column of this type holds it, refused in PostgreSQL's words. Whole and decimal numbers of any size are texts in an answer, as pg gives them. */
export function sqlValue(typed: Typed, value: unknown): unknown {
  const sqlType = sqlTypeOf(typed)
  switch (sqlType) {
    case 'jsonb':
      return value
    case 'uuid':
      requireUuid(textOf(value))
      return uuidText(textOf(value))
    case 'timestamp with time zone':
      return dateText(value)
    case 'time without time zone':
      return timeText(textOf(value))
    case 'boolean':
      return booleanOf(value)
    case 'double precision':
      return typeof value === 'number' ? value : floatOf(textOf(value))
    case 'integer':
      return Number(wholeText(sqlType, textOf(value)))
    case 'bigint':
      return wholeText(sqlType, textOf(value))
    case 'numeric':
      return plainDecimal(numberText(sqlType, textOf(value)))
    default:
      return sqlText(textOf(value))
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function refused(sqlType: string, text: string): Error {
  return new Error(`invalid input syntax for type ${sqlType.replace(/ without.*/, '')}: "${text}"`)
}

/** Sequelize writes a text that is no number as NaN, for which PostgreSQL has a place above all numbers; only blank ones reach PostgreSQL and are refused. Source: sequelize 6, lib/data-types.js (protoExtensions). */
function floatOf(text: string): number {
  if (text.trim() === '') throw refused('double precision', text)
  return Number(text)
}

function numberText(sqlType: string, text: string): string {
  if (!/^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(text)) throw refused(sqlType, text)
  return text.trim()
}

const limits: Readonly<Record<string, bigint>> = { integer: 2n ** 31n, bigint: 2n ** 63n }

function wholeText(sqlType: string, text: string): string {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) throw refused(sqlType, text)
  const whole = BigInt(text.trim().replace(/^\+/, ''))
  const limit = limits[sqlType] ?? 0n
  if (whole >= limit || whole < -limit)
    throw new Error(`value "${text}" is out of range for type ${sqlType}`)
  return String(whole)
}

/** A decimal number without an exponent. */
function plainDecimal(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? []
  const point = whole.length + Number(exponent)
  const digits = `${whole}${fraction}`
  const padded = point <= 0 ? `${'0'.repeat(1 - point)}${digits}` : digits.padEnd(point, '0')
  const at = Math.max(point, 1)
  const integer = padded.slice(0, at).replace(/^0+(?=\d)/, '')
  const rest = padded.slice(at)
  const shown = rest === '' ? integer : `${integer}.${rest}`
  return sign === '-' && /[1-9]/.test(shown) ? `-${shown}` : shown
}

const words = { true: ['true', 'yes', 'on', '1'], false: ['false', 'no', 'off', '0'] }

/** Any beginning of true, yes, false, no; `on`, `of`, `off`; 1 and 0. Source: PostgreSQL 15, utils/adt/bool.c (parse_bool_with_len). */
function booleanOf(value: unknown): boolean {
  if (typeof value === 'boolean') return value
  const text = textOf(value)
  const word = text.trim().toLowerCase()
  const begins = (full: string) => word !== '' && word !== 'o' && full.startsWith(word)
  if (words.true.some(begins)) return true
  if (words.false.some(begins)) return false
  throw refused('boolean', text)
}

/** A time of day; a date before it or a zone behind it is refused. */
function timeText(text: string): string {
  const found = /^(\d{1,2}):(\d\d)(?::(\d\d(?:\.\d{1,6})?))?$/.exec(text.trim())
  if (!found) throw refused('time', text)
  const [, hour = '', minute = '', second = '00'] = found
  const shown = second.includes('.') ? second.replace(/\.?0+$/, '') : second
  return `${hour.padStart(2, '0')}:${minute}:${shown}`
}
