import type { SchemaModel } from '../database/schema-model.ts'
import { schemasOf } from '../database/schemas.ts'
import type { RouteContext, Row } from '../wire/route.ts'
import type { Endpoint, Leaf, QueryNode } from './definition.ts'
import { joinOf } from './join.ts'
import { compileLeaf } from './leaf.ts'
import { operand } from './operand.ts'

/** Whether a row is meant, together with one row each of the to-many relations that the condition leads through. */
export type Test = (row: Row, joined: ReadonlyMap<string, Row>) => boolean

/** Which rows an endpoint is about: a test, and one equality that an index can answer first. */
export interface Condition {
  test: Test
  /** A field that must equal a value, when the whole condition demands it. */
  equality?: { field: string; value: unknown } | undefined
}

const everything: Condition = { test: () => true }
const nothing: Condition = { test: () => false }

/** A condition that has its values, before the database looks at it: what it refuses comes after other checks. `relation` is the table or view that is read. */
export type Prepared = (relation: string) => Condition

export interface PreparedCondition {
  compile: Prepared
  /** Names of the to-many relations that the condition leads through. */
  joins: ReadonlySet<string>
}

/** Reads the values of a query tree for one request. Source: DB/handlers/CustomEndpoints/utils.ts:19-165. */
export function prepareCondition(
  context: RouteContext,
  endpoint: Endpoint,
  model: SchemaModel,
): PreparedCondition {
  const joins = new Set<string>()
  const { query } = endpoint
  const prepared = query ? prepare({ context, endpoint, model, joins }, query) : undefined
  const compile = prepared === undefined || prepared === 'empty' ? () => everything : prepared
  return { compile, joins }
}

interface Preparing {
  context: RouteContext
  endpoint: Endpoint
  model: SchemaModel
  joins: Set<string>
}

/** Undefined for a leaf whose optional input is absent: it falls out of its group. A group without members is empty and stays in the group around it. */
type Node = Prepared | 'empty' | undefined

function prepare(preparing: Preparing, node: QueryNode): Node {
  if ('AND' in node) return group(members(preparing, node.AND), all, 'empty')
  if ('OR' in node) return group(members(preparing, node.OR), some, () => nothing)
  return prepareLeaf(preparing, node)
}

function members(preparing: Preparing, nodes: QueryNode[]): (Prepared | 'empty')[] {
  return nodes.map((node) => prepare(preparing, node)).filter((each) => each !== undefined)
}

/** Of members that are all empty AND restricts nothing and OR finds nothing. Source: sequelize 6, lib/dialects/abstract/query-generator.js (_whereGroupBind). */
function group(
  nodes: (Prepared | 'empty')[],
  join: (conditions: Condition[]) => Condition,
  ofEmpty: Prepared | 'empty',
): Prepared | 'empty' {
  const prepared = nodes.filter((each) => each !== 'empty')
  if (nodes.length === 0) return 'empty'
  if (prepared.length === 0) return ofEmpty
  return (relation) => join(prepared.map((each) => each(relation)))
}

function all(conditions: Condition[]): Condition {
  return {
    test: (row, joined) => conditions.every(({ test }) => test(row, joined)),
    equality: conditions.find(({ equality }) => equality)?.equality,
  }
}

function some(conditions: Condition[]): Condition {
  return {
    test: (row, joined) => conditions.some(({ test }) => test(row, joined)),
    equality: conditions.length === 1 ? conditions[0]?.equality : undefined,
  }
}

function prepareLeaf(
  { context, endpoint, model, joins }: Preparing,
  leaf: Leaf,
): Prepared | undefined {
  const given = operand(context, endpoint, leaf.comparisonField)
  if (given === 'absent') return undefined
  const join = joinOf(model, leaf.schemaField)
  if (!join) return (relation) => compileLeaf({ model, relation }, leaf, given.value)
  const { name, field } = join
  joins.add(name)
  const target = schemasOf(context.world).get(join.model)
  if (!target) throw new Error(`missing FROM-clause entry for table "${name}"`)
  return () => {
    if (target.byName.get(field)?.type === 'Relation')
      throw new Error(`column ${name}.${field} does not exist`) // its key is the column
    const read = { model: target, relation: name }
    const { test } = compileLeaf(read, { ...leaf, schemaField: field }, given.value)
    return {
      test: (_, joined) => {
        const row = joined.get(name)
        return row !== undefined && test(row, joined)
      },
    }
  }
}
