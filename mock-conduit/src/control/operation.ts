import type { z } from 'zod'
import type { World } from '../world/world.ts'
import type { Worlds } from '../worlds.ts'
import type { Listeners } from '../listeners.ts'
import { ControlError } from './control-error.ts'

/** What a handler of the control API acts on. */
export interface ControlHost {
  worlds: Worlds
  /** Absent in a mock without sockets. */
  listeners: Listeners | undefined
}

/** One call, its input validated. */
export interface Call<Q, B> extends ControlHost {
  world: World
  /** Path parameters, decoded. */
  params: Record<string, string>
  query: Q
  body: B
  /** Aborted when the caller goes away. */
  signal: AbortSignal
}

/** One line of the control API: the routes and the OpenAPI document are made from the same list. */
export interface OperationSpec<Q, B> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/__mock`, with `:name` parameters. */
  path: string
  summary: string
  query?: z.ZodType<Q>
  body?: z.ZodType<B>
  /** Shape of the 200 answer. */
  answer: z.ZodType
  /** Returns what becomes JSON, or a whole Response. */
  handle: (call: Call<Q, B>) => unknown
}

/** An operation with its input types closed over. */
export interface ControlOperation {
  method: OperationSpec<unknown, unknown>['method']
  path: string
  summary: string
  query: z.ZodType | undefined
  body: z.ZodType | undefined
  answer: z.ZodType
  run: (call: Call<Record<string, string>, unknown>) => Promise<Response>
}

/** Closes an operation over its input types: validates, handles, and makes the answer JSON. Throws ControlError INVALID (400). */
export function operation<Q = undefined, B = undefined>(
  spec: OperationSpec<Q, B>,
): ControlOperation {
  const { method, path, summary, query, body, answer } = spec
  return {
    method,
    path,
    summary,
    query,
    body,
    answer,
    async run(call) {
      const parsed = {
        query: parse(query, call.query, 'query'),
        body: parse(body, call.body, 'body'),
      }
      const result = await spec.handle({ ...call, ...(parsed as { query: Q; body: B }) })
      return result instanceof Response ? result : Response.json(result)
    },
  }
}

function parse<T>(schema: z.ZodType<T> | undefined, value: unknown, where: string): T | undefined {
  if (!schema) return undefined
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issues = result.error.issues.map(
    ({ path, message }) => `${[where, ...path].join('.')}: ${message}`,
  )
  throw new ControlError(
    400,
    'INVALID',
    `${issues.join('; ')}. The shapes are at /__mock/openapi.json.`,
  )
}
