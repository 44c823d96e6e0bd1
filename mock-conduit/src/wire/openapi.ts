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
import type { PlannedRoute, RouteDef } from './route.ts'

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
 * The OpenAPI 3.0 document that the backend serves at `/swagger.json`, made from the route table. Names and descriptions of routes, and the
 * answers of modules other than database, are not in it. Source: H/Rest/Swagger.ts, R/hermes/swaggerMetadata.ts.
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

  /** Of a model, and of those it relates to; the fields of Conduit's own models (User, File) are not listed. */
  readonly addModel = (name: string): void => {
    if (Object.hasOwn(this.schemas, name)) return
    this.schemas[name] = { type: 'object', properties: {} }
    const fields = schemasOf(this.#world).get(name)?.fields ?? {}
    this.schemas[name] = objectSchema(fields, this.addModel)
  }

  /** Of an answer; returns what refers to it. */
  addAnswer({ name, fields }: NonNullable<RouteDef['returns']>): Schema {
    if (!Object.hasOwn(this.schemas, name))
      this.schemas[name] = objectSchema(
        typeof fields === 'string' ? { result: fields } : fields,
        this.addModel,
      )
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
  const tags = [tagOf(route.path)]
  if (!('handler' in route)) return { tags, responses: { 501: { description: route.why } } }
  const schema = route.returns ? components.addAnswer(route.returns) : {}
  const guarded = route.middlewares?.includes(requireUser) === true
  return {
    tags,
    parameters: [...parametersOf(route.url, 'path'), ...parametersOf(route.query, 'query')],
    responses: {
      200: { description: 'Successful Operation', content: { 'application/json': { schema } } },
      400: { description: 'Invalid parameters provided. Check the documentation for more info.' },
      ...(guarded
        ? {
            401: { description: 'Token missing/invalid or 2fa verification required' },
            403: { description: 'Permission denied, user may be blocked' },
          }
        : {}),
      500: { description: 'Internal Server Error' },
    },
    security: securityOf(world, route),
    ...(route.body
      ? {
          requestBody: {
            content: { 'application/json': { schema: objectSchema(route.body) } },
            required: true,
          },
        }
      : {}),
  }
}

/** The module, which stands first in a path or after `/hook`; routes without one are `core`. */
function tagOf(path: string): string {
  const name = path.replace('/hook', '').slice(1)
  return name.includes('/') ? name.slice(0, name.indexOf('/')) : 'core'
}

/** A list of alternatives, each of which names all that is needed. */
function securityOf(world: World, { middlewares = [] }: RouteDef): Record<string, unknown>[] {
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
