import { compareColumn } from '../database/compare-values.ts'
import { valueAt } from '../database/places.ts'
import type { Column, SchemaModel } from '../database/schema-model.ts'
import { sqlText } from '../database/sql-text.ts'
import { isText, sqlTypeOf } from '../database/sql-types.ts'
import type { Condition } from './condition.ts'
import type { Leaf } from './definition.ts'
import { jsonHolds } from './json-condition.ts'
import { like } from './like.ts'
import { comparable, invalidOperand } from './literal.ts'
import { isObject } from '../is-object.ts'

/** What SQL says of one held value; null is never true. */
type Test = (held: unknown) => boolean

/** What is read: a schema's rows, from its table or from a caller's view of them. */
interface Read {
  model: SchemaModel
  relation: string
}

/** One comparison of a column with a value, as Sequelize words it and PostgreSQL answers it. Source: DB/handlers/CustomEndpoints/utils.ts:110-165, sequelize 6, lib/dialects/abstract/query-generator.js (whereItemQuery). */
export function compileLeaf(read: Read, leaf: Leaf, given: unknown): Condition {
  const { model } = read
  const { schemaField, operation, comparisonField } = leaf
  const column = columnOf(read, schemaField)
  const isList = column.array && column.type !== 'Relation'
  const test =
    comparisonField.like === true
      ? likeTest(column, {
          operation,
          given,
          caseSensitive: comparisonField.caseSensitiveLike === true,
        })
      : operation === 6 || operation === 7
        ? setTest(model, column, { operation, given })
        : isList
          ? listTest(column, operation, given)
          : valueTest(column, operation, given)
  return {
    test: (row) => test(valueAt(row, column)),
    equality: equalityOf(column, { leaf, given }),
  }
}

/** An equality that an index of the table answers as the test would. */
function equalityOf(
  column: Column,
  { leaf: { operation, comparisonField }, given }: { leaf: Leaf; given: unknown },
): Condition['equality'] {
  if (column.array || column.path.length > 1 || comparisonField.like === true) return undefined
  if (given === null) return undefined
  if ((operation !== 0 && operation < 8) || Array.isArray(given)) return undefined
  const type = sqlTypeOf(column)
  if (type !== 'uuid' && type !== 'character varying' && type !== 'double precision')
    return undefined
  return { field: column.name, value: comparable(column, given, '=') }
}

const own = { sqlType: undefined, array: false, required: false, unique: false, hidden: false }
const none = { default: undefined, model: undefined, maxLength: undefined }
const systemTypes: Readonly<Record<string, string>> = {
  _id: 'ObjectId',
  createdAt: 'Date',
  updatedAt: 'Date',
}

/** The column of a field, in a nested object too; PostgreSQL's refusal when there is none. */
function columnOf({ model, relation }: Read, field: string): Column {
  const column = model.byPath.get(field) ?? model.byName.get(field)
  if (column) return column
  const type = systemTypes[field]
  if (type === undefined || (type === 'Date' && !model.timestamps && model.columns.length > 0))
    throw new Error(`column ${relation}.${field} does not exist`)
  return { ...own, ...none, name: field, path: [field], type }
}

const symbols: Readonly<Record<number, string>> = { 1: '<>', 2: '>', 3: '>=', 4: '<', 5: '<=' }

/** SQL's comparisons: nothing but itself is true of null. 8 and above are equality, a quirk of the backend. */
function valueTest(column: Column, operation: number, given: unknown): Test {
  const symbol = symbols[operation] ?? '='
  if (given === null && symbol === '=') return (held) => (held ?? null) === null
  if (given === null && symbol === '<>')
    throw new TypeError("Cannot read properties of null (reading 'Symbol(regexp)')")
  if (symbol === '=' && Array.isArray(given)) return anyOf(column, given)
  if (symbol === '=' && sqlTypeOf(column) === 'jsonb' && isObject(given)) return jsonHolds(given)
  const value = comparable(column, given, symbol)
  return compared(column, symbol, value)
}

function compared(column: Column, symbol: string, value: unknown): Test {
  const compare = compareColumn(column)
  const order = (held: unknown) =>
    (held ?? null) === null || value === null ? Number.NaN : compare(held, value)
  switch (symbol) {
    case '<>':
      return (held) => !Number.isNaN(order(held)) && order(held) !== 0
    case '>':
      return (held) => order(held) > 0
    case '>=':
      return (held) => order(held) >= 0
    case '<':
      return (held) => order(held) < 0
    case '<=':
      return (held) => order(held) <= 0
    default:
      return (held) => order(held) === 0
  }
}

function anyOf(column: Column, values: readonly unknown[]): Test {
  const tests = values.map((each) => compared(column, '=', comparable(column, each, '=')))
  return (held) => tests.some((test) => test(held))
}

/** A list column compares with whole lists only. */
function listTest(column: Column, operation: number, given: unknown): Test {
  const symbol = symbols[operation] ?? '='
  if (!Array.isArray(given)) throw new TypeError('values.map is not a function')
  const one = { ...column, array: false }
  return compared(
    column,
    symbol,
    given.map((each) => comparable(one, each, symbol)),
  )
}

/**
 * `in` and `not in`: of a text each character is a member. A list column that was declared as a bare list is asked whether
 * it shares a member; any other list column fails. Source: sequelize-adapter/parser/index.ts:79-98.
 */
function setTest(
  model: SchemaModel,
  column: Column,
  { operation, given }: { operation: number; given: unknown },
): Test {
  const members = typeof given === 'string' ? Array.from(given) : given
  if (!Array.isArray(members)) throw new TypeError('value is not iterable')
  const test = holds(model, column, members)
  if (operation === 6) return test
  return (held) => members.length === 0 || ((held ?? null) !== null && !test(held))
}

function holds(model: SchemaModel, column: Column, members: readonly unknown[]): Test {
  if (!column.array || column.type === 'Relation') return anyOf(column, members)
  if (!Array.isArray(model.fields[column.path.join('.')])) {
    if (members.some((each) => !Array.isArray(each)))
      throw new TypeError('values.map is not a function')
    return anyOf(column, [])
  }
  const shared = anyOf({ ...column, array: false }, members)
  return (held) => Array.isArray(held) && held.some(shared)
}

/** `like` on anything but equality is no pattern, but an object that Sequelize cannot write. */
function likeTest(
  column: Column,
  {
    operation,
    given,
    caseSensitive,
  }: { operation: number; given: unknown; caseSensitive: boolean },
): Test {
  const pattern = `%${sqlText(String(given))}%`
  if (operation === 6 || operation === 7) throw new TypeError('value is not iterable')
  const symbol = symbols[operation]
  if (symbol !== undefined) {
    const shown = `{ Symbol(${caseSensitive ? 'like' : 'iLike'}): '${pattern}' }`
    return compared(column, symbol, invalidOperand(column, shown))
  }
  if (column.array && column.type !== 'Relation')
    throw new TypeError('values.map is not a function')
  if (!isText(sqlTypeOf(column)))
    throw new Error(
      `operator does not exist: ${sqlTypeOf(column)} ~~${caseSensitive ? '' : '*'} unknown`,
    )
  return (held) => typeof held === 'string' && like(held, pattern, caseSensitive)
}
