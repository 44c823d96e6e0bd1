import documented from './documented-answers.json' with { type: 'json' }
import type { Schema } from './openapi-schemas.ts'

/** What Conduit's API document says of a route of its own modules that the route's parameters do not tell. */
export interface DocumentedRoute {
  summary?: string
  /** Name of the answer's schema. */
  returns?: string
  /** Examples of errors by status. */
  errors?: Record<string, Record<string, unknown>>
  /** The document asks for a user's token, though the route itself sees to it. */
  guarded?: boolean
  /** Of a route that the mock does not serve. */
  body?: Schema
}

const routes: Readonly<Record<string, DocumentedRoute>> = documented.routes
const schemas: Readonly<Record<string, Schema>> = documented.schemas

/** A route by its method and its path in Express style. */
export function documentedRoute(method: string, path: string): DocumentedRoute {
  return routes[`${method} ${path.replace(/:(\w+)/g, '{$1}')}`] ?? {}
}

/** A schema of Conduit's own modules, and the names of those it refers to. */
export function answerOf(name: string): { schema: Schema; refersTo: string[] } | undefined {
  const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined
  if (!schema) return undefined
  const found = JSON.stringify(schema).matchAll(/#\/components\/schemas\/(\w+)/g)
  return { schema, refersTo: [...found].map(([, model = '']) => model) }
}

/** The answers by which a route tells of its errors; they take the place of the plain ones. Source: H/Rest/Swagger.ts:187-262. */
export function errorsOf({ errors = {} }: DocumentedRoute, schema: Schema): Schema {
  return Object.fromEntries(
    Object.entries(errors).map(([status, examples]) => [
      status,
      { content: { 'application/json': { schema, ...examples } } },
    ]),
  )
}
