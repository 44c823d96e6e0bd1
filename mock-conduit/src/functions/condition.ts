import type { SchemaModel } from '../database/schema-model.ts'
import { dateText, requireUuid, sqlText, uuidText } from '../database/values.ts'
import type { RouteContext, Row } from '../wire/route.ts'
import type { Endpoint, Leaf, QueryNode } from './definition.ts'
import { like } from './like.ts'
import { operand } from './operand.ts'

/** Which rows an endpoint is about: a test, and one equality that an index can answer first. */
export interface Condition {
  test: (row: Row) => boolean
  /** A field that must equal a value, when the whole condition demands it. */
  equality?: { field: string; value: unknown } | undefined
}

const everything: Condition = { test: () => true }

/** A condition that has its values, before the database looks at it: what it refuses comes after other checks. `relation` is the table or view that is read. */
export type Prepared = (relation: string) => Condition

/** Reads the values of a query tree for one request; a leaf whose optional input is absent is dropped, and a group without leaves matches everything. Source: DB/handlers/CustomEndpoints/utils.ts:19-165. */
export function prepareCondition(
  context: RouteContext,
  endpoint: Endpoint,
  model: SchemaModel,
): Prepared {
  const prepared = endpoint.query && prepare({ context, endpoint, model }, endpoint.query)
  return prepared ?? (() => everything)
}

interface Preparing {
  context: RouteContext
  endpoint: Endpoint
  model: SchemaModel
}

function prepare(preparing: Preparing, node: QueryNode): Prepared | undefined {
  if ('AND' in node) return group(members(preparing, node.AND), all)
  if ('OR' in node) return group(members(preparing, node.OR), some)
  return prepareLeaf(preparing, node)
}

function members(preparing: Preparing, nodes: QueryNode[]): Prepared[] {
  return nodes.map((node) => prepare(preparing, node)).filter((each) => each !== undefined)
}

function group(
  prepared: Prepared[],
  join: (conditions: Condition[]) => Condition,
): Prepared | undefined {
  return prepared.length === 0
    ? undefined
    : (relation) => join(prepared.map((each) => each(relation)))
}

function all(conditions: Condition[]): Condition {
  return {
    test: (row) => conditions.every(({ test }) => test(row)),
    equality: conditions.find(({ equality }) => equality)?.equality,
  }
}

function some(conditions: Condition[]): Condition {
  return {
    test: (row) => conditions.some(({ test }) => test(row)),
    equality: conditions.length === 1 ? conditions[0]?.equality : undefined,
  }
}

function prepareLeaf({ context, endpoint, model }: Preparing, leaf: Leaf): Prepared | undefined {
  const given = operand(context, endpoint, leaf.comparisonField)
  return given === 'absent'
    ? undefined
    : (relation) => {
        requireColumn({ model, relation }, leaf.schemaField, given.value)
        return compileLeaf(model, leaf, given.value)
      }
}

function compileLeaf(model: SchemaModel, leaf: Leaf, given: unknown): Condition {
  const { schemaField: field, operation, comparisonField } = leaf
  if (comparisonField.like === true) {
    const pattern = `%${sqlText(String(given))}%`
    const matches = (row: Row) =>
      typeof row[field] === 'string' &&
      like(row[field], pattern, comparisonField.caseSensitiveLike === true)
    return { test: operation === 1 ? (row) => row[field] !== null && !matches(row) : matches }
  }
  const value = comparable(model, field, given)
  const test = comparison(operation, value)
  const equal = operation === 0 || operation >= 8
  const indexed =
    equal && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
  return { test: (row) => test(row[field]), equality: indexed ? { field, value } : undefined }
}

/** PostgreSQL's refusals: an unknown column, and what is no uuid where one stands. */
function requireColumn(
  { model, relation }: { model: SchemaModel; relation: string },
  field: string,
  value: unknown,
): void {
  const isId = field === '_id' || model.byName.get(field)?.type === 'Relation'
  if (!isId && !model.byName.has(field) && !['createdAt', 'updatedAt'].includes(field))
    throw new Error(`column ${relation}.${field} does not exist`)
  if (isId) for (const each of [value].flat()) requireUuid(each)
}

/** Dates are compared as the ISO text they are stored in, ids as PostgreSQL writes them. */
function comparable(model: SchemaModel, field: string, value: unknown): unknown {
  const isDate =
    field === 'createdAt' || field === 'updatedAt' || model.byName.get(field)?.type === 'Date'
  const isId = field === '_id' || model.byName.get(field)?.type === 'Relation'
  const one = (each: unknown) => {
    if (isId) return uuidText(each)
    return isDate && typeof each === 'string' ? dateText(each) : each
  }
  return Array.isArray(value) ? value.map(one) : one(value)
}

/** SQL's comparisons: nothing but itself is true of null. 8 and above are equality, a quirk of the backend. */
function comparison(operation: number, value: unknown): (held: unknown) => boolean {
  const order = (held: unknown) =>
    isOrdered(held) && isOrdered(value) ? (held < value ? -1 : Number(held > value)) : undefined
  const known = (held: unknown) => held !== null && held !== undefined
  const listed = Array.isArray(value) ? value : [value]
  switch (operation) {
    case 1:
      return (held) => known(held) && !same(held, value)
    case 2:
      return (held) => order(held) === 1
    case 3:
      return (held) => (order(held) ?? -1) >= 0
    case 4:
      return (held) => order(held) === -1
    case 5:
      return (held) => (order(held) ?? 1) <= 0
    case 6:
      return (held) => listed.some((each) => same(held, each))
    case 7:
      return (held) => known(held) && !listed.some((each) => same(held, each))
    default:
      return (held) => same(held, value)
  }
}

function isOrdered(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

function same(held: unknown, value: unknown): boolean {
  return typeof held === 'object' && held !== null
    ? JSON.stringify(held) === JSON.stringify(value)
    : held === value
}
