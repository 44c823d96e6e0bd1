import { z } from 'zod'
import { isJsonPath } from './json-path.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
type Method = (typeof METHODS)[number]

const path = z.string().startsWith('/', 'a path starts with /')
/** `$.data.items` */
export const jsonPathSchema = z
  .string()
  .refine(isJsonPath, 'write a path such as $, $.items or $.data[0].id')
const scalar = z.union([z.string(), z.number(), z.boolean()])

const shape = z.strictObject({
  GET: path.optional(),
  POST: path.optional(),
  PUT: path.optional(),
  PATCH: path.optional(),
  DELETE: path.optional(),
  query: z.record(z.string(), scalar).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  json: z.unknown().optional(),
  form: z.record(z.string(), scalar).optional(),
  multipart: z.record(z.string(), z.string()).optional(),
  /** Where the items of a list sit in the JSON, `$.items`. */
  items: jsonPathSchema.optional(),
  filter: z.record(z.string(), z.string()).optional(),
  /** Of `list`: parameters that ask for another order than the usual one. */
  sort: z.record(z.string(), z.string()).optional(),
  pageSize: z.number().int().positive().optional(),
  scope: z.union([z.boolean(), z.string()]).optional(),
  range: z.boolean().optional(),
  /** Of `login`: the parameter (in the query or in the body) that says where to go afterwards. */
  returnTo: z.string().min(1).optional(),
  /** A preview that is addressed by a document which holds the file. */
  via: z.strictObject({ schema: z.string(), field: z.string() }).optional(),
})

const declares = (route: z.output<typeof shape>) =>
  METHODS.filter((method) => route[method] !== undefined)

/** One route of the BFF: `{ POST: /api/login, json: … }`; becomes `{ method, path, … }`. */
export const routeSchema = shape
  .refine((route) => declares(route).length === 1, {
    message: `name exactly one method with its path, for example { GET: /api/items }`,
  })
  .refine(
    (route) =>
      [route.json, route.form, route.multipart].filter((body) => body !== undefined).length <= 1,
    {
      message: 'give at most one of json, form and multipart',
    },
  )
  .transform((route) => {
    const method: Method = declares(route)[0] ?? 'GET'
    return { ...route, method, path: route[method] ?? '/' }
  })

export type Route = z.output<typeof routeSchema>

/** Requests that change something, for which browsers send `Origin` and BFFs ask for CSRF proof. */
export const isUnsafe = (route: Pick<Route, 'method'>): boolean => route.method !== 'GET'
