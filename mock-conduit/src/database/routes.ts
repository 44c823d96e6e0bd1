import { requireUser } from '../auth/middleware.ts'
import type { FieldMap } from '../wire/params.ts'
import type { RouteDef, RouteMiddleware } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { crudHandlers } from './crud.ts'
import type { Operation, SchemaModel } from './schema-model.ts'
import { schemasOf } from './schemas.ts'
import { isObject } from '../is-object.ts'

const id = { id: { type: 'String', required: true } }

/** The CRUD routes of every schema that has them. Source: DB/controllers/cms/utils.ts:77-289. */
export function databaseRoutes(world: World): RouteDef[] {
  return [...schemasOf(world).values()].filter(({ cms }) => cms).flatMap(routesOf)
}

function routesOf(model: SchemaModel): RouteDef[] {
  const handlers = crudHandlers(model)
  const base = pathOf(model.name)
  const scope: FieldMap = model.authorization ? { scope: 'String' } : {}
  const guards = (operation: Operation): RouteMiddleware[] =>
    model.authorization || model.operations[operation].authenticated ? [requireUser] : []
  const { read, create, update, delete: remove } = model.operations
  const relaxed = relaxRequired(model.bodyFields)
  const body = update.enabled ? relaxed : model.bodyFields
  const cache = {
    scope: guards('read').length > 0 ? ('private' as const) : ('public' as const),
    maxAge: 10,
  }
  const docs = (fields: FieldMap) => ({ docs: { type: [fields], required: true } })
  const many = { ...body, _id: 'String' }
  const routes: (RouteDef & { enabled: boolean })[] = [
    {
      enabled: read.enabled,
      method: 'GET',
      path: base,
      query: { skip: 'Number', limit: 'Number', sort: ['String'], populate: ['String'], ...scope },
      middlewares: guards('read'),
      cache,
      returns: { name: `get${model.name}`, fields: { documents: [model.fields], count: 'Number' } },
      handler: handlers.list,
    },
    {
      enabled: create.enabled,
      method: 'POST',
      path: base,
      query: scope,
      body,
      middlewares: guards('create'),
      returns: { name: `create${model.name}`, fields: model.fields },
      handler: handlers.create,
    },
    {
      enabled: create.enabled,
      method: 'POST',
      path: `${base}/many`,
      query: scope,
      body: docs(body),
      middlewares: guards('create'),
      returns: { name: `createMany${model.name}`, fields: { docs: [model.fields] } },
      handler: handlers.createMany,
    },
    {
      enabled: update.enabled,
      method: 'PUT',
      path: `${base}/many`,
      query: scope,
      body: docs(many),
      middlewares: guards('update'),
      returns: { name: `updateMany${model.name}`, fields: { docs: [model.fields] } },
      handler: handlers.putMany,
    },
    {
      enabled: update.enabled,
      method: 'PATCH',
      path: `${base}/many`,
      query: scope,
      body: docs({ ...relaxed, _id: 'String' }),
      middlewares: guards('update'),
      returns: { name: `patchMany${model.name}`, fields: { docs: [model.fields] } },
      handler: handlers.patchMany,
    },
    {
      enabled: read.enabled,
      method: 'GET',
      path: `${base}/:id`,
      url: id,
      query: { populate: ['String'], ...scope },
      middlewares: guards('read'),
      cache,
      returns: { name: model.name, fields: model.fields },
      handler: handlers.get,
    },
    {
      enabled: update.enabled,
      method: 'PUT',
      path: `${base}/:id`,
      url: id,
      query: scope,
      body,
      middlewares: guards('update'),
      returns: { name: `update${model.name}`, fields: model.fields },
      handler: handlers.put,
    },
    {
      enabled: update.enabled,
      method: 'PATCH',
      path: `${base}/:id`,
      url: id,
      query: scope,
      body: relaxed,
      middlewares: guards('update'),
      returns: { name: `patch${model.name}`, fields: model.fields },
      handler: handlers.patch,
    },
    {
      enabled: remove.enabled,
      method: 'DELETE',
      path: `${base}/:id`,
      url: id,
      query: scope,
      middlewares: guards('delete'),
      returns: { name: `delete${model.name}`, fields: 'String' },
      handler: handlers.remove,
    },
  ]
  return routes.filter(({ enabled }) => enabled).map(({ enabled: _enabled, ...route }) => route)
}

/** A path that starts with `/hook` is moved below `/hook/database`. Source: HM/utils/GrpcConverter.ts:170-175. */
function pathOf(name: string): string {
  return name.startsWith('hook')
    ? `/hook/database/${name.slice('hook'.length)}`.replace(/\/$/, '')
    : `/database/${name}`
}

/** Building the PATCH route makes every field written as an object optional, for POST and PUT too, and below a `type` that is an object or a list of them; what stands in bare arrays and untyped objects keeps its `required`. Source: DB/controllers/cms/utils.ts:60-75, 213, 256. */
function relaxRequired(fields: FieldMap): FieldMap {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, isObject(field) ? relaxed(field) : field]),
  )
}

function relaxed(field: Record<string, unknown>): Record<string, unknown> {
  const optional = field['required'] === true ? { ...field, required: false } : field
  const { type } = field
  if (isObject(type)) return { ...optional, type: relaxRequired(type) }
  const item: unknown = Array.isArray(type) ? type[0] : undefined
  return isObject(item) ? { ...optional, type: [relaxRequired(item)] } : optional
}
