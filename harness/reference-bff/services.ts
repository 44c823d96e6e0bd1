import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { Redis } from 'ioredis'
import type { Authentication } from './authentication.ts'
import type { Conduit } from './conduit.ts'
import type { Http } from './conduit-http.ts'
import type { deliver } from './delivery.ts'
import type { FailureAnswer } from './failure-answer.ts'
import type { FileUrls } from './file-urls.ts'
import type { Leases } from './lease.ts'
import type { previewHeaders } from './preview-headers.ts'
import type { Renewal } from './renewal.ts'
import type { RequestGuard } from './request-guard.ts'
import type { Seal } from './seal.ts'
import type { Sessions } from './sessions.ts'
import type { Settings } from './settings.ts'
import type { Storage } from './storage.ts'
import type { Uploads } from './uploads.ts'
import type { Vault } from './vault.ts'

/** Hono's context on a node socket. */
export type BffContext = Context<{ Bindings: HttpBindings }>

/** Answers one route. */
export type Handler = (c: BffContext) => Promise<Response>

/** Everything a BFF is made of. */
export interface Services {
  settings: Settings
  redis: Redis
  seal: Seal
  vault: Vault
  leases: Leases
  http: Http
  authentication: Authentication
  renewal: Renewal
  conduit: Conduit
  sessions: Sessions
  guard: RequestGuard
  fileUrls: FileUrls
  storage: Storage
  uploads: Uploads
  previewHeaders: typeof previewHeaders
  deliver: typeof deliver
  failureAnswer: FailureAnswer
  login: Handler
  logout: Handler
  refresh: Handler
  socialLogin: Handler
  socialCallback: Handler
  me: Handler
  list: Handler
  create: Handler
  createMany: Handler
  preview: Handler
  upload: Handler
  /** The page at `/`. */
  page: Handler
  /** The page at `/posts`. */
  postsPage: Handler
  script: Handler
  /** Whatever has no route: another path, or another method. */
  unknownRoute: Handler
}

/** How each service is made from the others. */
export type Parts = { [Name in keyof Services]: (services: Services) => Services[Name] }

/** Makes every service when it is first asked for, so that a part may name any other; each is made once. */
export function compose(parts: Parts): Services {
  const made: Partial<Services> = {}
  const services = {} as Services
  for (const name of Object.keys(parts) as (keyof Services)[])
    Object.defineProperty(services, name, {
      enumerable: true,
      get: () => (made[name] ??= parts[name](services) as never),
    })
  return services
}
