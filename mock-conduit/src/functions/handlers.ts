import { type Actor, actorOf } from '../authorization/scope.ts'
import { documentsOf } from '../database/documents.ts'
import { listBody, pageBody, select, shown } from '../database/list.ts'
import { createdRow, rawRow } from '../database/render.ts'
import type { SchemaModel } from '../database/schema-model.ts'
import { requireUnwrappable } from '../database/unwrap.ts'
import type { RouteContext, Row } from '../wire/route.ts'
import { changedFields, readAssignments } from './assignments.ts'
import { type PreparedCondition, prepareCondition } from './condition.ts'
import type { Endpoint } from './definition.ts'
import { joinedRows, refuseJoin } from './join.ts'

type Action = 'read' | 'edit' | 'delete'

/** The handler of one custom endpoint. Source: DB/handlers/CustomEndpoints/customEndpoint.handler.ts:30-208. */
export function endpointHandler(
  endpoint: Endpoint,
  model: SchemaModel,
): (context: RouteContext) => unknown {
  const run = [get, post, update, remove, update][endpoint.operation] ?? get
  return (context) => {
    requireExactCase(context, endpoint)
    return run(context, endpoint, model)
  }
}

const alone: ReadonlyMap<string, Row> = new Map()

interface Wanted {
  prepared: PreparedCondition
  model: SchemaModel
  action: Action
  acting: Actor | undefined
}

/** Rows that match and are permitted, in heap order; an equality goes through an index. */
function matching(
  context: RouteContext,
  { prepared, model, action, acting }: Wanted,
): readonly Row[] {
  const permitted = acting?.permitted(action)
  const { test, equality } = prepared.compile(acting?.view(action) ?? `cnd_${model.name}`)
  const table = context.world.store.table(model.name)
  const candidates = equality ? byEquality() : table.heap()
  const seen = candidates.filter((row) => permitted?.has(row._id) !== false)
  if (prepared.joins.size > 0)
    return joinedRows(context.world, { model, rows: seen, test, joins: prepared.joins })
  return seen.filter((row) => test(row, alone))

  function byEquality(): readonly Row[] {
    if (equality?.field === '_id') {
      const row = typeof equality.value === 'string' ? table.get(equality.value) : undefined
      return row ? [row] : []
    }
    return equality ? table.equal(equality.field, equality.value) : []
  }
}

/** Who acts, undefined while the schema's authorization is off. The scope is looked at before the database looks at the condition. */
function actingOn(context: RouteContext, model: SchemaModel, action: Action): Actor | undefined {
  return model.authorization
    ? actorOf(context, { schema: model.name, action, rethrown: true })
    : undefined
}

function get(context: RouteContext, endpoint: Endpoint, model: SchemaModel): unknown {
  const prepared = prepareCondition(context, endpoint, model)
  const acting = actingOn(context, model, 'read')
  const { sort, skip, limit } = context.queryParams
  if (endpoint.paginated && limit !== 0) refuseJoin(prepared, model)
  const rows = matching(context, { prepared, model, action: 'read', acting })
  const populate = withJoins(context.queryParams['populate'], prepared.joins)
  const table = context.world.store.table(model.name)
  const view = acting?.view('read')
  const listing = { model, table, rows, populate, view, sort: endpoint.sorted ? sort : undefined }
  if (!endpoint.paginated)
    return listBody(shown(context, model, select(listing).documents, populate))
  const { documents, count } = select({ ...listing, page: { skip, limit }, whole: Math.round })
  return pageBody(shown(context, model, documents, populate), count)
}

/** The relations of a condition come with the rows. Source: sequelize-adapter/utils/query.ts:32-46. */
function withJoins(populate: unknown, joins: ReadonlySet<string>): unknown {
  if (joins.size === 0) return populate
  return [...new Set([...(Array.isArray(populate) ? (populate as unknown[]) : []), ...joins])]
}

function post(context: RouteContext, endpoint: Endpoint, model: SchemaModel): unknown {
  const { set } = readAssignments(context, endpoint)
  const acting = actingOn(context, model, 'edit')
  const row = documentsOf(context.world, model).create(set)
  requireUnwrappable(model, row)
  acting?.own(row._id)
  return [createdRow(model, row)]
}

/**
 * PUT and PATCH both change many partially; PUT says Ok, PATCH shows the rows as they were. With authorization the
 * backend changes every document, permitted or not, as soon as one is permitted and matches: it loses the ids on the way
 * to its second query. Source: sequelize-adapter/SequelizeSchema.ts:550-599, parser/index.ts:121-183.
 */
function update(context: RouteContext, endpoint: Endpoint, model: SchemaModel): unknown {
  const prepared = prepareCondition(context, endpoint, model)
  const changes = readAssignments(context, endpoint)
  const { table, patch } = documentsOf(context.world, model)
  const acting = actingOn(context, model, 'edit')
  if (!model.authorization) refuseJoin(prepared, model)
  const found = matching(context, { prepared, model, action: 'edit', acting })
  const rows = model.authorization && found.length > 0 ? table.heap() : found
  try {
    for (const row of rows) patch(row._id, changedFields(changes, model, row))
  } catch (error) {
    for (const row of rows) if (table.get(row._id) !== row) table.replace(row) // one transaction
    throw error
  }
  return endpoint.operation === 2 ? ['Ok'] : rows.map((row) => rawRow(model, row))
}

/** With authorization everything that the caller may delete goes: the condition is lost when it is parsed a second time. Source: sequelize-adapter/SequelizeSchema.ts:442-473, parser/index.ts:121-183. */
function remove(context: RouteContext, endpoint: Endpoint, model: SchemaModel): unknown {
  const prepared = prepareCondition(context, endpoint, model)
  const { table } = documentsOf(context.world, model)
  const acting = actingOn(context, model, 'delete')
  const permitted = acting?.permitted('delete')
  const rows = permitted
    ? table.heap().filter(({ _id }) => permitted.has(_id))
    : matching(context, { prepared, model, action: 'delete', acting })
  for (const { _id } of rows) table.delete(_id)
  return { deletedCount: rows.length }
}

/** Express matches in any letter case, the endpoint's lookup does not. Source: customEndpoint.handler.ts:32-39. */
function requireExactCase({ request }: RouteContext, { name }: Endpoint): void {
  const part = request.path.split('/').find((each) => each.toLowerCase() === name.toLowerCase())
  if (part !== name) throw new Error("Cannot read properties of undefined (reading 'operation')")
}
