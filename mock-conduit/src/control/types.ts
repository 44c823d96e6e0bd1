/** Shapes of the control API (`/__mock/…`), shared by the server and the typed client. Times are milliseconds of the world's clock. */

/** What one world is asked to be; every key is optional and defaults to the backend's own. */
export interface WorldOptions {
  /** `strict` (default): a refresh token works once, however close two renews are. `racy`: Conduit as recorded. `family`: reuse revokes the session. `grace`: the last token may be replayed once. */
  rotation: 'strict' | 'racy' | 'family' | 'grace'
  /** True (default): two tokens are never the same string. False: as Conduit, tokens of one second are equal. */
  distinctTokens: boolean
  /** `conduit` (default): the backend's limits. `off`: none, for benches and harnesses. */
  rateLimits: 'conduit' | 'off'
  /** Bytes of padding put into access tokens (a claim `pad`), 0 by default. */
  accessTokenPadding: number
  /** `production` (default) hides validation issues, as Conduit's images do; `development` shows them. */
  mode: 'production' | 'development'
  storage: { dialect: 'local' | 's3' }
  /** Whether an e-mail module is up (false by default, as recorded); its mails land in the outbox. */
  email: boolean
}

export interface WorldSummary {
  name: string
  url: string
  storageUrl: string
}

export type TokenState = 'live' | 'expired' | 'revoked' | 'rotated' | 'unknown'

/** A token the world minted. `generation` counts the token pairs of one user, from 1. */
export interface TokenRecord {
  kind: 'access' | 'refresh'
  userId: string
  email: string | null
  generation: number
  /** Pairs that came from one login share a session number; a renew keeps it. */
  session: number
  token: string
  state: TokenState
  issuedAt: number
  expiresAt: number
}

export interface UserSummary {
  _id: string
  email: string | null
  username: string | null
  active: boolean
  renews: number
  /** Times a refresh token was presented that had been used before. */
  reuses: number
  tokens: TokenRecord[]
}

export interface BodyDigest {
  bytes: number
  sha256: string
  /** Up to 64 KiB, absent for binary. */ text?: string
}

export interface JournalEntry {
  /** 1, 2, 3 … per world, in order of arrival. */
  seq: number
  world: string
  /** Label of the port the request came in on; `main` by default. */
  instance: string
  side: 'api' | 'storage'
  /** `METHOD route-pattern` (`GET /database/Post/:id`), `GET @storage/bytes`, or `unknown`. */
  operation: string
  method: string
  /** Path as sent, with the query. */
  path: string
  requestHeaders: [name: string, value: string][]
  requestBody: BodyDigest
  /** The token it carried (Authorization header or cookie), judged on arrival. */
  token?: {
    kind: 'access' | 'refresh' | 'unknown'
    userId: string | null
    email: string | null
    generation: number
    session: number
    state: TokenState
  }
  /** As sent; 0 while no head was, and when none ever was (reset, client gone). */
  status: number
  responseHeaders: [name: string, value: string][]
  responseBody: BodyDigest
  /** Bytes of the body the socket took so far. */
  bytesWritten: number
  startedAt: number
  /** Real time of arrival, milliseconds since 1970; unlike `startedAt` the world's clock does not move it. */
  receivedAt: number
  /** Real milliseconds from arrival to the end; null while open. */
  durationMs: number | null
  close: 'open' | 'complete' | 'client-aborted' | 'cut-by-fault'
  fault?: string
  gate?: string
  /** For an unknown route: the nearest that exists. */
  hint?: string
}

export interface JournalQuery {
  /** User id or e-mail. */
  user?: string
  /** Exact operation, or a pattern with `*`. */
  operation?: string
  instance?: string
  side?: 'api' | 'storage'
  /** Only entries with `seq` greater than this. */
  since?: number
}

/** What happens to a matched request instead of, or on top of, its normal answer. */
export type FaultEffect =
  /** Answer in Conduit's JSON dialect (or with `body`/`headers` exactly as given). */
  | {
      status: number
      message?: string
      conduitCode?: string
      body?: string
      headers?: Record<string, string | string[]>
    }
  /** The normal answer with these headers added (arrays repeat) and/or its body replaced. */
  | { addHeaders?: Record<string, string | string[]>; replaceBody?: string }
  /** reset: RST. truncate: headers and `afterBytes` of the body, then cut. stall: nothing more after `afterBytes`. drip: the body in pieces of `chunkBytes`. */
  | { socket: 'reset' | 'truncate' | 'stall' | 'drip'; afterBytes?: number; chunkBytes?: number }

export interface FaultSpec {
  operation: string
  /** Only requests that carry a token of this user (id or e-mail). */
  user?: string
  instance?: string
  /** First matching request that is hit, from 1 (default 1). */
  nth?: number
  /** How many are hit (default 1); `null` = until removed. */
  times?: number | null
  /** `before` (default): state untouched. `after`: the handler ran, its answer is lost. */
  when?: 'before' | 'after'
  effect: FaultEffect
}

export interface Fault extends FaultSpec {
  id: string
  matched: number
  hits: number
}

export interface GateSpec {
  operation: string
  user?: string
  instance?: string
  /** Opens by itself, for good, when so many requests wait; without it only `release` opens it. */
  until?: number
  /** `request`: held before the handler runs. `answer` (default): the handler ran, the answer is held. `body`: held after `afterBytes` of the body. */
  at?: 'request' | 'answer' | 'body'
  afterBytes?: number
  /** Hold only the first so many matching requests. */
  times?: number
  /** Hold only answers with this status (needs `at: 'answer'`). */
  status?: number
}

export interface Gate extends GateSpec {
  id: string
  waiting: number
  held: number
  open: boolean
}

/** What Conduit would have sent by mail. */
export interface OutboxMessage {
  id: string
  to: string
  template: string
  subject: string
  variables: Record<string, unknown>
  at: number
}

export interface Seed {
  users?: {
    _id?: string
    email?: string
    username?: string
    password?: string
    active?: boolean
    isVerified?: boolean
    isAnonymous?: boolean
  }[]
  documents?: Record<string, Record<string, unknown>[]>
  files?: SeedFile[]
  relations?: { subject: string; relation: string; resource: string }[]
}

export interface SeedFile {
  _id?: string
  name: string
  container?: string
  folder?: string
  alias?: string
  mimeType?: string
  isPublic?: boolean
  /** E-mail or id of the owner: writes the owner relation when storage authorization is on. */
  owner?: string
  /** The bytes: one of base64, text, or a generator (deterministic in `seed`). */
  base64?: string
  text?: string
  random?: { bytes: number; seed: number }
}

export interface SeedResult {
  users: { _id: string; email: string | null }[]
  documents: Record<string, string[]>
  files: { _id: string; name: string }[]
}

export interface PortInfo {
  label: string
  url: string
  port: number
}
