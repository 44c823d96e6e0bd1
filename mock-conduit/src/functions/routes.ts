import type { WorldDefinition } from '@conduit-bff/fixtures'
import { requireUser } from '../auth/middleware.ts'
import { schemasOf } from '../database/schemas.ts'
import type { SchemaModel } from '../database/schema-model.ts'
import type { FieldMap } from '../wire/params.ts'
import type { RouteDef } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { type Endpoint, type EndpointInput, methods, parseEndpoint } from './definition.ts'
import { endpointHandler } from './handlers.ts'

const parsed = new WeakMap<WorldDefinition, Endpoint[]>()

/** A route for each enabled custom endpoint. Source: DB/controllers/customEndpoints/utils.ts:68-149. */
export function functionRoutes(world: World): RouteDef[] {
  let endpoints = parsed.get(world.definition)
  if (!endpoints) {
    endpoints = world.definition.endpoints.map(parseEndpoint)
    parsed.set(world.definition, endpoints)
  }
  return endpoints.flatMap((endpoint) => {
    const model = schemasOf(world).get(endpoint.selectedSchemaName)
    return model && endpoint.enabled !== false ? [routeOf(endpoint, model)] : []
  })
}

function routeOf(endpoint: Endpoint, model: SchemaModel): RouteDef {
  const inputs = endpoint.inputs ?? []
  const at = (location: number) =>
    Object.fromEntries(
      inputs
        .filter((input) => input.location === location)
        .map((input) => [input.name, fieldOf(input)]),
    )
  const authenticated = endpoint.authentication === true || model.authorization
  const url = at(2)
  const body = at(0)
  const path = [
    '/database/function',
    endpoint.name,
    ...Object.keys(url).map((name) => `:${name}`),
  ].join('/')
  return {
    method: methods[endpoint.operation] ?? 'GET',
    path,
    query: { ...at(1), ...platformQuery(endpoint, model) },
    ...(Object.keys(url).length > 0 ? { url } : {}),
    ...(Object.keys(body).length > 0 ? { body } : {}),
    middlewares: authenticated ? [requireUser] : [],
    ...(endpoint.operation === 0
      ? {
          cache: {
            scope: endpoint.authentication ? ('private' as const) : ('public' as const),
            maxAge: 10,
          },
        }
      : {}),
    description: endpoint.endpointDescription ?? ' No description provided',
    returns: {
      name: `${methods[endpoint.operation] ?? 'GET'}${endpoint.name}`,
      fields: endpoint.paginated
        ? { documents: [model.name], count: 'Number' }
        : { result: [model.name] },
    },
    handler: endpointHandler(endpoint, model),
  }
}

function fieldOf({ type, array, optional }: EndpointInput): unknown {
  return { type: array ? [type] : type, required: !optional }
}

/** What Conduit adds to the endpoint's own query inputs. */
function platformQuery({ paginated, sorted }: Endpoint, model: SchemaModel): FieldMap {
  const number = { type: 'Number', required: true }
  return {
    populate: ['String'],
    ...(model.authorization ? { scope: 'String' } : {}),
    ...(paginated ? { skip: number, limit: number } : {}),
    ...(sorted ? { sort: ['String'] } : {}),
  }
}
