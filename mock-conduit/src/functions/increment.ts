import type { Column, SchemaModel } from '../database/schema-model.ts'
import { isNumeric, sqlTypeOf } from '../database/sql-types.ts'
import type { Row } from '../wire/route.ts'
import { literalType } from './literal.ts'

export interface Increment {
  field: string
  by: unknown
}

/** What a field holds after an increment, which the backend writes as SQL: `field + by`, the name without quotes. Source: sequelize-adapter/SequelizeSchema.ts:133-147. */
export function incremented(model: SchemaModel, row: Row, { field, by }: Increment): unknown {
  if (model.byName.get(field)?.type === 'Relation')
    throw new Error(`Cannot increment relation: ${field}`)
  const column = unquoted(model, field)
  const plus = Number(by) > 0
  const operand = plus ? textOf(by) : String(Math.abs(Number(by)))
  return calculate(row, { column, symbol: plus ? '+' : '-', operand })
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : String(value)
}

/** PostgreSQL takes a name without quotes in lower case, and one with a dot for a table's. */
function unquoted(model: SchemaModel, field: string): Column {
  const [first = '', ...rest] = field.split('.')
  if (rest.length > 0)
    throw new Error(`missing FROM-clause entry for table "${first.toLowerCase()}"`)
  const column = model.byName.get(field.toLowerCase())
  if (!column) throw new Error(`column "${field.toLowerCase()}" does not exist`)
  return column
}

interface Calculation {
  column: Column
  symbol: '+' | '-'
  operand: string
}

function calculate(row: Row, { column, symbol, operand }: Calculation): unknown {
  const amount = Number(operand)
  if (operand !== 'true' && !Number.isFinite(amount))
    throw new Error(`column "${operand.toLowerCase()}" does not exist`)
  const left = sqlTypeOf(column)
  const right = operand === 'true' ? 'boolean' : literalType(amount)
  const held = row[column.name] ?? null
  if (left === 'jsonb' && !column.array && symbol === '-' && right === 'integer')
    return withoutItem(held, amount)
  if (column.array || right === 'boolean' || !isNumeric(left))
    throw new Error(
      `operator does not exist: ${left}${column.array ? '[]' : ''} ${symbol} ${right}`,
    )
  if (held === null) return null
  return Number(held) + (symbol === '+' ? amount : -amount)
}

/** `jsonb - integer` takes an item out of a list. */
function withoutItem(held: unknown, at: number): unknown {
  if (held === null) return null
  if (Array.isArray(held)) return held.filter((_, index) => index !== at)
  throw new Error(
    typeof held === 'object'
      ? 'cannot delete from object using integer index'
      : 'cannot delete from scalar',
  )
}
