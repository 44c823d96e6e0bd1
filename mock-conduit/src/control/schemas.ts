import { validateHeaderName, validateHeaderValue } from 'node:http'
import { z } from 'zod'
import { optionsPatch } from './options-patch.ts'
import type { FaultEffect, FaultSpec, GateSpec, JournalQuery, Seed, SeedFile } from './types.ts'

/** Shapes of what the control API is asked; answers are in `answers.ts`. */

const count = z.number().int().min(0)
const record = z.record(z.string(), z.unknown())

export const nothing = z.strictObject({}).default({})

const seedUser = z.strictObject({
  _id: z.string().exactOptional(),
  email: z.string().exactOptional(),
  username: z.string().exactOptional(),
  password: z.string().exactOptional(),
  active: z.boolean().exactOptional(),
  isVerified: z.boolean().exactOptional(),
  isAnonymous: z.boolean().exactOptional(),
})

const seedFile: z.ZodType<SeedFile> = z.strictObject({
  _id: z.string().exactOptional(),
  name: z.string(),
  container: z.string().exactOptional(),
  folder: z.string().exactOptional(),
  alias: z.string().exactOptional(),
  mimeType: z.string().exactOptional(),
  isPublic: z.boolean().exactOptional(),
  owner: z.string().exactOptional(),
  base64: z.string().exactOptional(),
  text: z.string().exactOptional(),
  random: z.strictObject({ bytes: count, seed: z.number().int() }).exactOptional(),
})

const relation = z.strictObject({ subject: z.string(), relation: z.string(), resource: z.string() })

export const seed: z.ZodType<Seed> = z.strictObject({
  users: z.array(seedUser).exactOptional(),
  documents: z.record(z.string(), z.array(record)).exactOptional(),
  files: z.array(seedFile).exactOptional(),
  relations: z.array(relation).exactOptional(),
})

const roles = z.record(z.string(), z.array(z.string()))

export const inlineDefinition = z.strictObject({
  name: z.string().optional(),
  schemas: z.array(record).default([]),
  extensions: z.array(record).default([]),
  endpoints: z.array(record).default([]),
  users: z.array(seedUser).default([]),
  documents: z.record(z.string(), z.array(record)).default({}),
  files: z.array(seedFile).default([]),
  relations: z.array(relation).default([]),
  resources: z
    .array(z.strictObject({ name: z.string(), relations: roles, permissions: roles }))
    .exactOptional(),
  containers: z
    .array(z.strictObject({ name: z.string(), isPublic: z.boolean() }))
    .default([{ name: 'conduit', isPublic: false }]),
  clients: z
    .array(
      z.strictObject({
        platform: z.string(),
        domain: z.string().exactOptional(),
        id: z.string(),
        secret: z.string(),
      }),
    )
    .default([]),
  config: record.default({}),
})

export const newWorld = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/i, 'letters, digits, - and _ only, 64 at most')
      .exactOptional(),
    from: z.string().exactOptional(),
    definition: inlineDefinition.exactOptional(),
    options: optionsPatch.exactOptional(),
    seedKeepsState: z.boolean().exactOptional(),
  })
  .refine(({ from, definition }) => from === undefined || definition === undefined, {
    message: 'give `from` or `definition`, not both',
  })
  .default({})

export const clockChange = z
  .strictObject({
    advanceMs: z.number().exactOptional(),
    setMs: z.number().exactOptional(),
    freeze: z.literal(true).exactOptional(),
    resume: z.literal(true).exactOptional(),
  })
  .refine((change) => Object.keys(change).length > 0, {
    message: 'give one of advanceMs, setMs, freeze: true, resume: true',
  })
  .refine(({ freeze, resume }) => !(freeze && resume), {
    message: 'freeze and resume exclude each other',
  })

export const expiry = z
  .strictObject({ what: z.enum(['access', 'refresh', 'both']).default('access') })
  .default({ what: 'access' })

const headerValues = z
  .record(z.string(), z.union([z.string(), z.array(z.string())]))
  .refine((headers) => Object.entries(headers).every(canBeWritten), {
    message: 'a header has a name or value that HTTP cannot carry',
  })

function canBeWritten([name, values]: [string, string | string[]]): boolean {
  try {
    validateHeaderName(name)
    for (const value of [values].flat()) validateHeaderValue(name, value)
    return true
  } catch {
    return false
  }
}

const effect: z.ZodType<FaultEffect> = z.union(
  [
    z.strictObject({
      status: z.number().int().min(200).max(599),
      message: z.string().exactOptional(),
      conduitCode: z.string().exactOptional(),
      body: z.string().exactOptional(),
      headers: headerValues.exactOptional(),
    }),
    z.strictObject({
      socket: z.enum(['reset', 'truncate', 'stall', 'drip']),
      afterBytes: count.exactOptional(),
      chunkBytes: z.number().int().min(1).exactOptional(),
    }),
    z
      .strictObject({
        addHeaders: headerValues.exactOptional(),
        replaceBody: z.string().exactOptional(),
      })
      .refine((added) => Object.keys(added).length > 0, 'an effect must do something'),
  ],
  'one of {status, …}, {addHeaders, replaceBody}, {socket: reset|truncate|stall|drip, …}',
)

export const faultFields = {
  operation: z.string().min(1),
  user: z.string().exactOptional(),
  instance: z.string().exactOptional(),
  nth: z.number().int().min(1).exactOptional(),
  times: z.number().int().min(1).nullable().exactOptional(),
  when: z.enum(['before', 'after']).exactOptional(),
  effect,
}

export const faultSpec: z.ZodType<FaultSpec> = z.strictObject(faultFields)

export const gateFields = {
  operation: z.string().min(1),
  user: z.string().exactOptional(),
  instance: z.string().exactOptional(),
  until: z.number().int().min(1).exactOptional(),
  at: z.enum(['request', 'answer', 'body']).exactOptional(),
  afterBytes: count.exactOptional(),
  times: z.number().int().min(1).exactOptional(),
  status: z.number().int().exactOptional(),
}

export const gateSpec: z.ZodType<GateSpec> = z
  .strictObject(gateFields)
  .refine(({ at, status }) => status === undefined || at !== 'request', {
    message: 'a status is known only at `answer` or `body`',
  })
  .refine(({ at, afterBytes }) => afterBytes === undefined || at === 'body', {
    message: '`afterBytes` needs at: "body"',
  })

const milliseconds = z.coerce.number().int().min(0).max(600_000)

export const journalQuery = z.strictObject({
  user: z.string().exactOptional(),
  operation: z.string().exactOptional(),
  instance: z.string().exactOptional(),
  side: z.enum(['api', 'storage']).exactOptional(),
  since: z.coerce.number().int().min(0).exactOptional(),
}) satisfies z.ZodType<JournalQuery>

export const journalRead = journalQuery.extend({
  format: z.enum(['json', 'har', 'ndjson']).default('json'),
})

export const journalWait = journalQuery.extend({
  count: z.coerce.number().int().min(1).default(1),
  timeoutMs: milliseconds.default(10_000),
})

export const quietQuery = z.strictObject({ timeoutMs: milliseconds.default(10_000) })

export const gateWait = z.strictObject({
  waiting: z.coerce.number().int().min(1).default(1),
  timeoutMs: milliseconds.default(10_000),
})

export const tokensQuery = z.strictObject({ user: z.string().exactOptional() })

export const newPort = z.strictObject({
  label: z.string().regex(/^[\w.-]{1,64}$/, 'letters, digits, ., - and _ only, 64 at most'),
  /** The one to listen on; a free one when not given. */
  port: z.number().int().min(1).max(65_535).optional(),
})

export const configPatch = z.record(z.string(), record)
