import { z } from 'zod'
import { waiverSchema } from '../waivers/waiver.ts'
import { PRESETS } from './presets.ts'
import { jsonPathSchema, routeSchema } from './route-schema.ts'

/** Durations in a target file: `500ms`, `30s`, `2m`, `12h`, or a number of milliseconds. */
export const durationSchema = z
  .union([
    z.number().int().positive(),
    z.string().regex(/^\d+(ms|s|m|h)$/, 'write a duration such as 500ms, 30s, 2m or 12h'),
  ])
  .transform((value) => (typeof value === 'number' ? value : durationOf(value)))

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

function durationOf(text: string): number {
  const unit = /[a-z]+$/.exec(text)?.[0] ?? 'ms'
  return Number.parseInt(text, 10) * (UNITS[unit] ?? 1)
}

const readySchema = z.strictObject({
  get: z.string().startsWith('/').default('/'),
  status: z.array(z.number().int()).optional(),
  /** Default: a minute, and 5 seconds for BFFs that run already. */
  within: durationSchema.optional(),
})

const envValueSchema = z
  .union([z.string(), z.number(), z.boolean()], {
    error: 'write a text; in quotes when it has { or :',
  })
  .transform(String)

const startSchema = z
  .strictObject({
    /** Runs once before the first instance starts. */
    build: z.string().optional(),
    /** A shell command; one process per instance. */
    command: z.string().optional(),
    /** A module that exports `start(env): Promise<{ url, stop() }>`; runs in the harness's own process. */
    module: z.string().optional(),
    /** BFFs that run already, one URL per instance. */
    urls: z.array(z.url()).min(1).optional(),
    /** For `urls`: the ports of 127.0.0.1 where the BFFs expect their backend, one per instance (or one for all). */
    backendPorts: z.array(z.number().int().min(1).max(65_535)).min(1).optional(),
    /** For `urls`: the port of 127.0.0.1 that the BFFs have on their list of storage hosts. */
    storagePort: z.number().int().min(1).max(65_535).optional(),
    cwd: z.string().optional(),
    env: z.record(z.string(), envValueSchema).default({}),
    ready: readySchema.prefault({}),
    instances: z.number().int().min(1).max(8).default(1),
    stop: z.enum(['SIGTERM', 'SIGINT', 'SIGKILL']).default('SIGTERM'),
  })
  .refine(
    (start) =>
      [start.command, start.module, start.urls].filter((way) => way !== undefined).length === 1,
    {
      message:
        'give exactly one of command (a shell command), module (a file that exports start) or urls (BFFs that run already)',
    },
  )
  .transform((start) => ({
    ...start,
    ready: { ...start.ready, within: start.ready.within ?? (start.urls ? 5000 : 60_000) },
  }))

const csrfSchema = z.union(
  [
    z.literal('none'),
    z.strictObject({ header: z.string(), value: z.string() }),
    z.strictObject({
      cookie: z.string(),
      header: z.string(),
      prime: z.string().startsWith('/').optional(),
    }),
    z.strictObject({
      get: z.string().startsWith('/'),
      json: jsonPathSchema,
      header: z.string(),
    }),
    z.strictObject({
      get: z.string().startsWith('/'),
      json: jsonPathSchema,
      /** A field of the forms that are sent, as next-auth wants it. */
      field: z.string(),
    }),
  ],
  {
    error:
      'write none, {header, value}, {cookie, header}, {get, json, header} or {get, json, field}',
  },
)

const sessionSchema = z.strictObject({
  /** `auto`: whatever login sets; or the names of the session cookies. */
  cookie: z.union([z.literal('auto'), z.array(z.string()).min(1)]).default('auto'),
  csrf: csrfSchema.default('none'),
})

const routesSchema = z.strictObject({
  login: routeSchema,
  logout: routeSchema,
  list: routeSchema,
  create: routeSchema.optional(),
  /** Creates several documents in one request. */
  createMany: routeSchema.optional(),
  /** A create in the tenant whose id is `{{tenant}}`. */
  createInTenant: routeSchema.optional(),
  /** Takes a session into the tenant whose id is `{{tenant}}`, for the creates that follow. */
  tenant: routeSchema.optional(),
  preview: routeSchema.optional(),
  me: routeSchema.optional(),
  upload: routeSchema.optional(),
  /** What a page of the application asks for before a social login. */
  ssoStart: routeSchema.optional(),
  /** Where the backend sends the browser after a social login, with `accessToken` and `refreshToken` in the query. */
  sso: routeSchema.optional(),
  /** Renews the tokens, for targets that have a route for it. */
  refresh: routeSchema.optional(),
})

const worldSchema = z.union([
  z.string(),
  z.strictObject({
    /** A named world to start from; the keys below replace its parts. */
    from: z.string().optional(),
    schemas: z.string().optional(),
    endpoints: z.string().optional(),
    seed: z.string().optional(),
    storage: z.strictObject({ dialect: z.enum(['local', 's3']) }).optional(),
    config: z.record(z.string(), z.unknown()).optional(),
  }),
])

const selectorSchema = z.string().min(1)
const pathSchema = z.string().startsWith('/')

/** How the application's pages are used, by CSS selectors. */
const uiSchema = z.strictObject({
  /** The login form, and the page it is on (by default the first of `pages` that has it). */
  login: z
    .strictObject({
      page: pathSchema.optional(),
      user: selectorSchema,
      pass: selectorSchema,
      submit: selectorSchema,
    })
    .optional(),
  /** The field that a list is searched with; Enter sends it unless `submit` is given. */
  search: z
    .strictObject({ page: pathSchema, field: selectorSchema, submit: selectorSchema.optional() })
    .optional(),
  /** What is clicked to sort a list otherwise; for a `select`, the value to choose. */
  sort: z
    .strictObject({ page: pathSchema, control: selectorSchema, option: z.string().optional() })
    .optional(),
  /** What is clicked to see the next page of a list. */
  next: z.strictObject({ page: pathSchema, control: selectorSchema }).optional(),
})

const policySchema = z.strictObject({
  presignedPut: z.enum(['forbidden', 'allowed']).default('forbidden'),
  /** Origins beside the application's own that its pages may contact. */
  origins: z.array(z.url()).default([]),
  sameSiteSubdomains: z.enum(['untrusted', 'trusted']).default('untrusted'),
  /** How long the BFF may keep a client waiting. */
  deadline: durationSchema.default(30_000),
  /** When a session ends however often it is renewed, for a BFF that keeps this where it cannot be seen. */
  sessionLimit: durationSchema.optional(),
})

/** What a BFF must tell the harness (`bffc.yaml`, version 1). Only `target`, `start` and three routes are required. */
export const targetFileSchema = z.strictObject({
  version: z.literal(1).default(1),
  target: z.string().min(1),
  /** Defaults for a kind of BFF; what the file says itself counts. */
  preset: z.enum(PRESETS).optional(),
  start: startSchema,
  /** Origin of the application in the browser. Default: `https://app.test` for started targets, the first URL for running ones. */
  origin: z.url().optional(),
  vault: z.strictObject({ fallback: z.string() }).optional(),
  world: worldSchema.default('blog'),
  session: sessionSchema.prefault({}),
  routes: routesSchema,
  pages: z.array(z.string().startsWith('/')).default([]),
  /** A folder with the client files of the build, searched beside what pages load. */
  assets: z.string().optional(),
  ui: uiSchema.optional(),
  policy: policySchema.prefault({}),
  /** Failures that are borne for now: the list, or the file that holds it. */
  waivers: z.union([z.string(), z.array(waiverSchema)]).optional(),
})

/** A target file as people write it. */
export type TargetInput = z.input<typeof targetFileSchema>
/** A target file with every default filled in. */
export type Target = z.output<typeof targetFileSchema>
export type Csrf = Target['session']['csrf']
export type RouteName = keyof Target['routes']
