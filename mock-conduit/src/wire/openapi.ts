import type { World } from '../world/world.ts'
import type { FieldMap } from './params.ts'
import type { PlannedRoute, RouteDef } from './route.ts'

/** The OpenAPI 3.0 document that the backend serves at `/swagger.json`, made from the route table. Source: H/Rest/Rest.ts:344-346, R/hermes/swaggerMetadata.ts. */
export function openApiDocument(world: World): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of world.router.routes()) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.0.0',
    info: { version: '1.0.0', title: 'Conduit' },
    paths,
    components: { schemas: {}, securitySchemes: securitySchemes(world) },
    servers: [{ url: world.config.router.hostUrl }],
  }
}

function securitySchemes(world: World): Record<string, unknown> {
  const userToken = {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'Bearer',
    description: 'A user authentication token',
  }
  if (!world.config.router.security.clientValidation) return { userToken }
  const header = (name: string) => ({ name, type: 'apiKey', in: 'header' })
  return { clientId: header('clientid'), clientSecret: header('clientsecret'), userToken }
}

function operation(route: RouteDef | PlannedRoute): Record<string, unknown> {
  const module = route.path.split('/')[1] ?? ''
  if (!('handler' in route))
    return { tags: [module], responses: { 501: { description: route.why } } }
  const parameters = [...parametersOf(route.url, 'path'), ...parametersOf(route.query, 'query')]
  const body = route.body
    ? { requestBody: { content: { 'application/json': { schema: objectSchema(route.body) } } } }
    : {}
  return { tags: [module], parameters, ...body, responses: { 200: { description: 'Success' } } }
}

function parametersOf(
  fields: FieldMap | undefined,
  place: 'path' | 'query',
): Record<string, unknown>[] {
  return Object.entries(fields ?? {}).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || isRequired(field),
    schema: schemaOf(field),
  }))
}

function isRequired(field: unknown): boolean {
  return (
    typeof field === 'object' && field !== null && 'required' in field && field.required === true
  )
}

function objectSchema(fields: FieldMap): Record<string, unknown> {
  const required = Object.keys(fields).filter((name) => isRequired(fields[name]))
  const properties = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, schemaOf(field)]),
  )
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) }
}

const scalars: Record<string, Record<string, unknown>> = {
  String: { type: 'string' },
  Number: { type: 'number' },
  Boolean: { type: 'boolean' },
  Date: { type: 'string', format: 'date-time' },
  ObjectId: { type: 'string', format: 'uuid' },
  Relation: { type: 'string', format: 'uuid' },
  JSON: { type: 'object' },
}

function schemaOf(field: unknown): Record<string, unknown> {
  if (typeof field === 'string') return scalars[field] ?? {}
  if (Array.isArray(field)) return { type: 'array', items: schemaOf(field[0]) }
  if (typeof field !== 'object' || field === null) return {}
  if ('type' in field) return schemaOf(field.type)
  return objectSchema({ ...field })
}
