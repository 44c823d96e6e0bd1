import type { SchemaModel } from '../database/schema-model.ts'
import type { RouteContext, Row } from '../wire/route.ts'
import type { Endpoint, Leaf, QueryNode } from './definition.ts'
import { compileLeaf } from './leaf.ts'
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
  if (given === 'absent') return undefined
  return (relation) => compileLeaf({ model, relation }, leaf, given.value)
}
