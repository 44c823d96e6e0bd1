import { type Actor, actorOf } from '../authorization/scope.ts'
import { ConduitError } from '../wire/conduit-error.ts'
import type { RouteContext, Row } from '../wire/route.ts'
import { type Documents, documentsOf } from './documents.ts'
import { requireUnwrappable } from './unwrap.ts'
import { pageBody, rowText, select, shown } from './list.ts'
import { createdRow, populated, rawRow, requirePopulable, visible } from './render.ts'
import type { SchemaModel } from './schema-model.ts'
import { ByteString } from '../wire/byte-string.ts'
import { raceWindow } from '../world/race-window.ts'
import { isFields } from '../is-object.ts'

type Action = 'read' | 'edit' | 'delete'

/** Handlers of the nine CRUD routes of one schema. Source: DB/handlers/cms/crud.handler.ts. */
export function crudHandlers(model: SchemaModel) {
  const documents = (context: RouteContext) => documentsOf(context.world, model)
  const actor = (context: RouteContext, action: Action, rethrown: boolean): Actor | undefined =>
    model.authorization ? actorOf(context, { schema: model.name, action, rethrown }) : undefined

  return {
    list: (context: RouteContext): unknown => {
      requireExactCase(context, model)
      const { table } = documents(context)
      const acting = actor(context, 'read', false)
      const permitted = acting?.permitted('read')
      const rows = permitted && table.heap().filter(({ _id }) => permitted.has(_id))
      const { sort, skip, limit, populate } = context.queryParams
      const page = { skip: skip ?? 0, limit: limit ?? 25 }
      const listed = select({
        model,
        table,
        rows,
        sort,
        page,
        populate,
        view: acting?.view('read'),
      })
      return pageBody(shown(context, model, listed.documents, populate), listed.count)
    },

    get: (context: RouteContext): unknown => {
      requireExactCase(context, model)
      const acting = actor(context, 'read', false)
      const { populate } = context.queryParams
      const paths = Array.isArray(populate) ? populate.map(String) : undefined
      if (!acting && paths) requirePopulable(paths)
      const row = documents(context).find(context.urlParams['id'])
      if (!row || acting?.permitted('read').has(row._id) === false)
        throw new ConduitError('NOT_FOUND', 'Document does not exist')
      if (!paths) return new ByteString(rowText(model, row))
      requireUnwrappable(model, row)
      return populated(context.world, model, row, paths)
    },

    create: (context: RouteContext): unknown => {
      requireExactCase(context, model)
      const acting = actor(context, 'edit', false)
      const row = documents(context).create(context.bodyParams)
      requireUnwrappable(model, row)
      acting?.own(row._id)
      return createdRow(model, row)
    },

    createMany: (context: RouteContext): unknown => {
      requireExactCase(context, model)
      const acting = actor(context, 'edit', true)
      const rows = documents(context).createMany(docsOf(context))
      for (const row of rows) requireUnwrappable(model, row)
      acting?.ownAll(rows.map(({ _id }) => _id))
      return { docs: rows.map((row) => createdRow(model, row)) }
    },

    put: (context: RouteContext) => changeAndReread(context, 'replace'),
    patch: (context: RouteContext) => changeAndReread(context, 'patch'),
    putMany: (context: RouteContext) => changeMany(context, 'replace'),
    patchMany: (context: RouteContext) => changeMany(context, 'patch'),

    remove: async (context: RouteContext): Promise<string> => {
      requireExactCase(context, model)
      const acting = actor(context, 'delete', true)
      const { find, remove } = documents(context)
      const row = find(context.urlParams['id'])
      await raceWindow(context.world, RACE_WINDOW_MS)
      if (row && acting?.permitted('delete').has(row._id) !== false) remove(row._id)
      return 'Ok'
    },
  }

  async function changeAndReread(context: RouteContext, how: Change['how']): Promise<Row> {
    const row = await reread(context, model, change(context, how))
    requireUnwrappable(model, row)
    return row
  }

  function change(context: RouteContext, how: Change['how']): Row | undefined {
    requireExactCase(context, model)
    const acting = actor(context, 'edit', true)
    return changeOne(documents(context), acting, {
      id: context.urlParams['id'],
      fields: context.bodyParams,
      how,
    })
  }

  /** The scope is looked at for each document, so not at all for none. */
  function changeMany(context: RouteContext, how: Change['how']): unknown {
    requireExactCase(context, model)
    const writing = documents(context)
    const docs = docsOf(context).map((fields) =>
      changeOne(writing, actor(context, 'edit', true), { id: fields['_id'], fields, how }),
    )
    return { docs: docs.map((row) => (row ? rawRow(model, row) : null)) }
  }
}

interface Change {
  id: unknown
  fields: Readonly<Record<string, unknown>>
  how: 'replace' | 'patch'
}

/** With authorization a document without `_id` means the first that may be changed: the condition on an undefined id falls away. Source: DB/adapters/SchemaAdapter.ts:171-213, sequelize-adapter/parser/index.ts:139-147. */
function changeOne(
  documents: Documents,
  acting: Actor | undefined,
  { id, fields, how }: Change,
): Row | undefined {
  if (!acting) return documents[how](id, fields)
  const permitted = acting.permitted('edit')
  const row =
    id === undefined
      ? documents.table.heap().find(({ _id }) => permitted.has(_id))
      : documents.find(id)
  if (!row || !permitted.has(row._id))
    throw new Error("Document doesn't exist or can't be modified by user.")
  return documents[how](row._id, fields)
}

/** Real milliseconds that a write takes in rotation `racy` (recording db-concurrency). */
const RACE_WINDOW_MS = 5

/** After a write the backend reads the row again, without what reads hide; without a row it stumbles. Source: DB/handlers/cms/utils.ts:26-59. */
async function reread(
  context: RouteContext,
  model: SchemaModel,
  row: Row | undefined,
): Promise<Row> {
  if (!row) throw new Error("Cannot read properties of null (reading '_id')")
  await raceWindow(context.world, RACE_WINDOW_MS)
  return visible(model, documentsOf(context.world, model).find(row._id) ?? row)
}

function docsOf({ bodyParams }: RouteContext): Record<string, unknown>[] {
  const { docs } = bodyParams
  return Array.isArray(docs) ? docs.filter(isFields) : []
}

/** Express matches paths in any letter case, the schema's lookup does not. Source: DB/handlers/cms/utils.ts:8-14. */
function requireExactCase({ request }: RouteContext, model: SchemaModel): void {
  const name =
    request.path.split('/').find((part) => part.toLowerCase() === model.name.toLowerCase()) ??
    model.name
  if (name !== model.name) throw new ConduitError('NOT_FOUND', `Schema ${name} not defined yet`)
}
