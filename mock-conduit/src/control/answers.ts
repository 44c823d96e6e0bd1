import { z } from 'zod'
import type {
  BodyDigest,
  Fault,
  Gate,
  JournalEntry,
  OutboxMessage,
  PortInfo,
  SeedResult,
  TokenRecord,
  UserSummary,
  WorldOptions,
  WorldSummary,
} from './types.ts'
import { faultFields, gateFields } from './schemas.ts'

/** Shapes of what the control API answers, for the OpenAPI document; the types of `types.ts` hold them in place. */

const row = z.record(z.string(), z.unknown())
const count = z.number().int().min(0)
const ms = z.number().describe("Milliseconds of the world's clock since the epoch.")

export const done = z.strictObject({})

export const config = z
  .record(z.string(), row)
  .describe("Conduit's module configs by module name, in Conduit's shape.")

export const options: z.ZodType<WorldOptions> = z.object({
  rotation: z.enum(['strict', 'racy', 'family', 'grace']),
  distinctTokens: z.boolean(),
  rateLimits: z.enum(['conduit', 'off']),
  accessTokenPadding: count,
  mode: z.enum(['production', 'development']),
  storage: z.object({ dialect: z.enum(['local', 's3']) }),
  email: z.boolean(),
})

export const world: z.ZodType<WorldSummary> = z.object({
  name: z.string(),
  url: z.string(),
  storageUrl: z.string(),
})
export const operations = z.object({ operations: z.array(z.string()) })
export const worlds = z.object({ worlds: z.array(world) })

export const clock = z.object({ now: ms, frozen: z.boolean() })

const tokenState = z.enum(['live', 'expired', 'revoked', 'rotated', 'unknown'])

const token: z.ZodType<TokenRecord> = z.object({
  kind: z.enum(['access', 'refresh']),
  userId: z.string(),
  email: z.string().nullable(),
  generation: count,
  session: count,
  token: z.string(),
  state: tokenState,
  issuedAt: ms,
  expiresAt: ms,
})
export const tokens = z.object({ tokens: z.array(token) })

const user: z.ZodType<UserSummary> = z.object({
  _id: z.string(),
  email: z.string().nullable(),
  username: z.string().nullable(),
  active: z.boolean(),
  renews: count,
  reuses: count,
  tokens: z.array(token),
})
export const users = z.object({ users: z.array(user) })

export const seeded: z.ZodType<SeedResult> = z.object({
  users: z.array(z.object({ _id: z.string(), email: z.string().nullable() })),
  documents: z.record(z.string(), z.array(z.string())),
  files: z.array(z.object({ _id: z.string(), name: z.string() })),
})
export const documents = z.object({ documents: z.array(row) })
export const collections = z.object({
  collections: z.array(z.object({ name: z.string(), count })),
})
export const deleted = z.object({ deleted: count })
export const files = z.object({ files: z.array(row) })

const message: z.ZodType<OutboxMessage> = z.object({
  id: z.string(),
  to: z.string(),
  template: z.string(),
  subject: z.string(),
  variables: row,
  at: ms,
})
export const messages = z.object({ messages: z.array(message) })

const headers = z.array(z.tuple([z.string(), z.string()]))

const body: z.ZodType<BodyDigest> = z.object({
  bytes: count,
  sha256: z.string(),
  text: z.string().exactOptional(),
})

const entry: z.ZodType<JournalEntry> = z.object({
  seq: count,
  world: z.string(),
  instance: z.string(),
  side: z.enum(['api', 'storage']),
  operation: z.string(),
  method: z.string(),
  path: z.string(),
  requestHeaders: headers,
  requestBody: body,
  token: z
    .object({
      kind: z.enum(['access', 'refresh', 'unknown']),
      userId: z.string().nullable(),
      email: z.string().nullable(),
      generation: count,
      session: count,
      state: tokenState,
    })
    .exactOptional(),
  status: count,
  responseHeaders: headers,
  responseBody: body,
  bytesWritten: count,
  startedAt: ms,
  receivedAt: z.number().describe('Real milliseconds since the epoch.'),
  durationMs: z.number().nullable(),
  close: z.enum(['open', 'complete', 'client-aborted', 'cut-by-fault']),
  fault: z.string().exactOptional(),
  gate: z.string().exactOptional(),
  hint: z.string().exactOptional(),
})
export const journal = z.object({ entries: z.array(entry), lastSeq: count })

export const fault: z.ZodType<Fault> = z.object({
  ...faultFields,
  id: z.string(),
  matched: count,
  hits: count,
})
export const faults = z.object({ faults: z.array(fault), unused: z.array(fault) })

export const gate: z.ZodType<Gate> = z.object({
  ...gateFields,
  id: z.string(),
  waiting: count,
  held: count,
  open: z.boolean(),
})
export const gates = z.object({ gates: z.array(gate), unused: z.array(gate) })

export const port: z.ZodType<PortInfo> = z.object({
  label: z.string(),
  url: z.string(),
  port: count,
})
export const ports = z.object({ ports: z.array(port) })
