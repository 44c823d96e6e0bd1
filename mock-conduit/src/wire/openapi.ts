import { optionalUser, requireUser } from '../auth/middleware.ts'
import { schemasOf } from '../database/schemas.ts'
import type { World } from '../world/world.ts'
import {
  isRequired,
  objectSchema,
  parameterSchema,
  referenceTo,
  type Schema,
} from './openapi-schemas.ts'
import type { FieldMap } from './params.ts'
import { answerOf, errorsOf, type DocumentedRoute, documentedRoute } from './documented-answers.ts'
import type { PlannedRoute, RouteDef, RouteMiddleware } from './route.ts'

const errorResponse = {
  type: 'object',
  properties: {
    name: { type: 'string', description: 'HTTP error name' },
    message: { type: 'string', description: 'Error message' },
    conduitCode: { type: 'string', description: 'Conduit internal error code' },
  },
  required: ['httpCode', 'conduitCode', 'description'],
}

/**
 * The OpenAPI 3.0 document that the backend serves at `/swagger.json`, made from the route table. Descriptions of
 * the routes of other modules than database are not in it. Source: H/Rest/Swagger.ts, R/hermes/swaggerMetadata.ts.
 */
export function openApiDocument(world: World): Record<string, unknown> {
  const components = new Components(world)
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of world.router.routes()) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = {
      ...paths[path],
      [route.method.toLowerCase()]: operation(world, route, components),
    }
  }
  return {
    openapi: '3.0.0',
    info: { version: '1.0.0', title: 'Conduit' },
    servers: [{ url: world.config.router.hostUrl, description: 'Your API url' }],
    paths,
    components: { schemas: components.schemas, securitySchemes: securitySchemes(world) },
  }
}

/** Schemas that the document's answers refer to. */
class Components {
  readonly schemas: Record<string, Schema> = {
    ModelId: { type: 'string' },
    ErrorResponse: errorResponse,
  }
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  /** Of a model, and of those it relates to. */
  readonly addModel = (name: string): void => {
    if (Object.hasOwn(this.schemas, name)) return
    this.schemas[name] = { type: 'object', properties: {} }
    const own = answerOf(name)
    if (own) {
      this.schemas[name] = own.schema
      for (const each of own.refersTo) this.addModel(each)
      return
    }
    const fields = schemasOf(this.#world).get(name)?.fields ?? {}
    this.schemas[name] = objectSchema(fields, { name, refer: this.addModel })
  }

  /** Of an answer; returns what refers to it. */
  addAnswer({ name, fields }: NonNullable<RouteDef['returns']>): Schema {
    if (!Object.hasOwn(this.schemas, name))
      this.schemas[name] = objectSchema(typeof fields === 'string' ? { result: fields } : fields, {
        name,
        refer: this.addModel,
      })
    return { $ref: referenceTo(name) }
  }
}

function securitySchemes(world: World): Record<string, unknown> {
  const userToken = {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'Bearer',
    description:
      'A user authentication token, retrievable through [POST] /authentication/local or [POST] /authentication/renew',
  }
  if (!world.config.router.security.clientValidation) return { userToken }
  const header = (name: string, what: string) => ({
    name,
    type: 'apiKey',
    in: 'header',
    description: `A security client ${what}, retrievable through [POST] /security/client`,
  })
  return {
    clientId: header('clientId', 'id'),
    clientSecret: header('clientSecret', 'secret'),
    userToken,
  }
}

function operation(
  world: World,
  route: RouteDef | PlannedRoute,
  components: Components,
): Record<string, unknown> {
  const about = documentedRoute(route.method, route.path)
  const { middlewares, url, query, returns, description } = 'handler' in route ? route : {}
  const body = 'handler' in route && route.body ? bodySchema(route.body) : about.body
  const needs = about.guarded ? [requireUser] : (middlewares ?? [])
  const described = description === undefined ? {} : { description }
  return {
    ...(about.summary === undefined ? {} : { summary: about.summary }),
    ...described,
    tags: [tagOf(route.path)],
    parameters: [...parametersOf(url, 'path'), ...parametersOf(query, 'query')],
    responses: responsesOf(about, {
      schema: returns ? components.addAnswer(returns) : namedAnswer(about, components),
      guarded: needs.includes(requireUser),
    }),
    security: securityOf(world, needs),
    ...(body
      ? {
          requestBody: {
            ...described,
            content: { 'application/json': { schema: body } },
            required: true,
          },
        }
      : {}),
  }
}

function bodySchema(body: FieldMap): Schema {
  return objectSchema(body, { name: 'body' })
}

function namedAnswer({ returns }: DocumentedRoute, components: Components): Schema {
  if (returns === undefined) return {}
  components.addModel(returns)
  return { $ref: referenceTo(returns) }
}

function responsesOf(
  about: DocumentedRoute,
  { schema, guarded }: { schema: Schema; guarded: boolean },
): Record<string, unknown> {
  return {
    200: { description: 'Successful Operation', content: { 'application/json': { schema } } },
    400: { description: 'Invalid parameters provided. Check the documentation for more info.' },
    ...(guarded
      ? {
          401: { description: 'Token missing/invalid or 2fa verification required' },
          403: { description: 'Permission denied, user may be blocked' },
        }
      : {}),
    500: { description: 'Internal Server Error' },
    ...errorsOf(about, { $ref: referenceTo('ErrorResponse') }),
  }
}

/** The module, which stands first in a path or after `/hook`; routes without one are `core`. */
function tagOf(path: string): string {
  const name = path.replace('/hook', '').slice(1)
  return name.includes('/') ? name.slice(0, name.indexOf('/')) : 'core'
}

/** A list of alternatives, each of which names all that is needed. */
function securityOf(
  world: World,
  middlewares: readonly RouteMiddleware[],
): Record<string, unknown>[] {
  const client = world.config.router.security.clientValidation
    ? [{ clientId: [], clientSecret: [] }]
    : []
  const withUser = (client.length > 0 ? client : [{}]).map((each) => ({ ...each, userToken: [] }))
  if (middlewares.includes(requireUser)) return withUser
  if (!middlewares.includes(optionalUser)) return client
  return [...(client.length > 0 ? client : [{}]), ...withUser]
}

function parametersOf(
  fields: FieldMap | undefined,
  place: 'path' | 'query',
): Record<string, unknown>[] {
  return Object.entries(fields ?? {}).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || isRequired(field),
    schema: parameterSchema(field),
  }))
}
