import type { World } from '../world/world.ts'
import type { WireRequest } from './message.ts'
import type { FieldMap } from './params.ts'

/** A stored row, as the database module keeps it: immutable, replaced on change. */
export type Row = Readonly<Record<string, unknown>> & { readonly _id: string }

/** The claims of an access token. Source: A/handlers/tokenProvider.ts:185-218. */
export interface AccessClaims {
  id: string
  authorized: boolean
  sudo: boolean
  iat: number
  exp: number
}

/** What `authMiddleware` adds to the request's context. */
export interface Caller {
  user: Row
  claims: AccessClaims
  token: string
}

/** What a handler sees. Params are validated; `params` merges body, then query, then url (later wins). */
export interface RouteContext {
  world: World
  request: WireRequest
  params: Record<string, unknown>
  bodyParams: Record<string, unknown>
  queryParams: Record<string, unknown>
  urlParams: Record<string, unknown>
  cookies: Record<string, unknown>
  /** `anonymous-client` while client validation is off. */
  clientId: string
  caller: Caller | undefined
  /** Runs `listener` when the answer leaves (after gates); the `racy` rotation ends its window there. */
  onAnswered(listener: () => void): void
}

/** A middleware of one route, run in order after validation and the per-route limit; throws to refuse. */
export type RouteMiddleware = (context: RouteContext) => void | Promise<void>

/** A cookie that a handler sets or clears. */
export interface CookieSpec {
  name: string
  value: string
  options: {
    maxAgeMs?: number
    httpOnly?: boolean
    secure?: boolean
    signed?: boolean
    /** `lax`, `strict` or `none` in any case; empty for none at all. */
    sameSite?: string
    domain?: string
    path?: string
    expired?: boolean
  }
}

/** One route of the Client API. `path` is Express style (`/database/Post/:id`). */
export interface RouteDef {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  /** Sections that are declared are validated and stripped; undeclared ones pass through unfiltered. */
  query?: FieldMap
  body?: FieldMap
  url?: FieldMap
  rateLimit?: { max: number; windowMs: number }
  middlewares?: RouteMiddleware[]
  /** GET answers kept for `maxAge` seconds. */
  cache?: { scope: 'public' | 'private'; maxAge: number }
  /** The answer as the API document shows it: the name of its schema, and its fields or its bare type. */
  returns?: { name: string; fields: FieldMap | string }
  /** What the API document says of a route that an operator made. */
  description?: string
  /** Returns what Conduit's handler returns; `wire/shape.ts` turns it into a body. */
  handler: (context: RouteContext) => unknown
}

/** A route of the Client API that the mock does not serve: answered 501 with its name. */
export interface PlannedRoute {
  method: RouteDef['method']
  path: string
  why: string
}
