import type { Column } from '../database/schema-model.ts'
import { isNumeric, isText, sqlTypeOf, sqlValue } from '../database/sql-types.ts'

/** What of a column decides how it is compared. */
type Compared = Pick<Column, 'type' | 'sqlType' | 'array'>

/** A value as PostgreSQL compares it with a column: a text is read as the column's type, a number or boolean must suit it. Source: sequelize 6, lib/dialects/abstract/query-generator.js (escape). */
export function comparable(column: Compared, value: unknown, symbol: string): unknown {
  if (value === null || value === undefined) return null
  const type = sqlTypeOf(column)
  if (type === 'jsonb' || type.startsWith('time')) return sqlValue(column, value)
  if (Array.isArray(value))
    throw new Error(`operator does not exist: ${type} ${symbol} ${literalType(value[0])}[]`)
  if (typeof value === 'object') return invalidOperand(column, inspected(value))
  if (!suits(type, value))
    throw new Error(`operator does not exist: ${type} ${symbol} ${literalType(value)}`)
  if (typeof value === 'number' && isNumeric(type))
    return type === 'bigint' || type === 'numeric' ? String(value) : value
  return sqlValue(column, value)
}

function suits(type: string, value: unknown): boolean {
  if (typeof value === 'number') return isNumeric(type)
  return typeof value !== 'boolean' || type === 'boolean'
}

/** PostgreSQL's name for the type of a value that Sequelize writes into a statement. */
export function literalType(value: unknown): string {
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value !== 'number') return 'text'
  if (!Number.isInteger(value) || Math.abs(value) >= 2 ** 63) return 'numeric'
  return Math.abs(value) < 2 ** 31 ? 'integer' : 'bigint'
}

/** An object where a value belongs: numbers make a text of it, dates no date, JSON nothing but braces; the others refuse it as Sequelize shows it. */
export function invalidOperand(column: Compared, shown: string): unknown {
  const type = sqlTypeOf(column)
  if (column.array && column.type !== 'Relation')
    throw new TypeError('values.map is not a function')
  if (type === 'jsonb') return {}
  if (isNumeric(type) || type.startsWith('timestamp'))
    return sqlValue(column, type.startsWith('timestamp') ? 'Invalid date' : '[object Object]')
  if (isText(type) || type === 'uuid' || type === 'boolean' || type.startsWith('time'))
    throw new Error(`Invalid value ${shown}`)
  return null
}

/** As node's inspect shows a small object; of one with several keys Sequelize looks at each alone and stumbles over the first, which an id never is. Source: sequelize 6, lib/dialects/abstract/query-generator.js (whereItemQuery, _whereBind). */
function inspected(value: object): string {
  const entries = Object.entries(value)
  const first = entries.find(([key]) => key !== '_id') ?? entries[0]
  const pairs = (first ? [first] : []).map(
    ([key, each]) =>
      `${key.startsWith('$') ? `Symbol(${key.slice(1)})` : key}: ${typeof each === 'string' ? `'${each}'` : JSON.stringify(each)}`,
  )
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`
}
