import type { ConduitConfig } from '../world/config.ts'
import type {
  Fault,
  FaultSpec,
  Gate,
  GateSpec,
  JournalEntry,
  JournalQuery,
  OutboxMessage,
  PortInfo,
  Seed,
  SeedResult,
  TokenRecord,
  UserSummary,
  WorldOptions,
  WorldSummary,
} from './types.ts'

export type * from './types.ts'
export type { ConduitConfig } from '../world/config.ts'

/** What a new world is made of: a fork of `from` (or a fixture world of that name), or a definition. */
export interface NewWorld {
  name?: string
  from?: string
  definition?: Record<string, unknown>
  options?: Partial<WorldOptions>
  /** Fork: `reset` comes back to the moment of the fork (default), or to the seed of `from` (false). */
  seedKeepsState?: boolean
}

export interface ClockState {
  now: number
  frozen: boolean
}

export interface JournalPage {
  entries: JournalEntry[]
  lastSeq: number
}

/** Typed client of one world's control API. Every call rejects with `ControlCallError` when it is refused. */
export interface ControlClient {
  /** Base URL of the world, without trailing slash. */
  readonly baseUrl: string
  /** The client of another world of the same mock. */
  world(name: string): ControlClient
  worlds(): Promise<WorldSummary[]>
  createWorld(spec?: NewWorld): Promise<WorldSummary>
  dropWorld(name: string): Promise<void>
  reset(): Promise<void>
  config(): Promise<ConduitConfig>
  setConfig(patch: Record<string, unknown>): Promise<ConduitConfig>
  options(): Promise<WorldOptions>
  setOptions(patch: Partial<WorldOptions>): Promise<WorldOptions>
  clearCache(): Promise<void>
  clock(): Promise<ClockState>
  advance(ms: number): Promise<ClockState>
  setTime(ms: number): Promise<ClockState>
  freeze(): Promise<ClockState>
  resume(): Promise<ClockState>
  users(): Promise<UserSummary[]>
  tokens(user?: string): Promise<TokenRecord[]>
  expire(user: string, what?: 'access' | 'refresh' | 'both'): Promise<void>
  revoke(user: string): Promise<void>
  block(user: string): Promise<void>
  unblock(user: string): Promise<void>
  require2fa(user: string): Promise<void>
  seed(seed: Seed): Promise<SeedResult>
  documents(schema: string): Promise<Record<string, unknown>[]>
  clearDocuments(schema: string): Promise<number>
  files(): Promise<Record<string, unknown>[]>
  journal(query?: JournalQuery): Promise<JournalPage>
  /** HAR 1.2 or one JSON object per line, as text. */
  exportJournal(format: 'har' | 'ndjson', query?: JournalQuery): Promise<string>
  waitForJournal(
    query: JournalQuery,
    until?: { count?: number; timeoutMs?: number },
  ): Promise<JournalPage>
  quiet(timeoutMs?: number): Promise<void>
  addFault(spec: FaultSpec): Promise<Fault>
  faults(): Promise<{ faults: Fault[]; unused: Fault[] }>
  removeFault(id?: string): Promise<void>
  addGate(spec: GateSpec): Promise<Gate>
  gates(): Promise<Gate[]>
  /** Resolves when `waiting` requests wait at the gate, or when it opened for so many. */
  waitForGate(id: string, waiting?: number, timeoutMs?: number): Promise<Gate>
  releaseGate(id: string): Promise<Gate>
  removeGate(id?: string): Promise<void>
  outbox(): Promise<OutboxMessage[]>
  ports(): Promise<PortInfo[]>
  openPort(label: string, port?: number): Promise<PortInfo>
  closePort(label: string): Promise<void>
}

/** The control API refused a call, or could not be reached (status 0, code `UNREACHABLE`); the message says what to do. */
export class ControlCallError extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ControlCallError'
    this.status = status
    this.code = code
  }
}

export interface ControlClientOptions {
  /** In place of the global `fetch`: a mock in this process has its own. */
  fetch?: (request: Request) => Promise<Response>
  /** What the mock was started with as `--control-token`. */
  token?: string | undefined
}

/** Makes the client of the world at `baseUrl` (`http://127.0.0.1:3000`, `http://127.0.0.1:3000/~other`). */
export function createControlClient(
  baseUrl: string,
  options: ControlClientOptions = {},
): ControlClient {
  const base = baseUrl.replace(/\/+$/, '')
  const { get, getText, post, put, remove } = caller(base, options)
  const on = (user: string) => `/users/${encodeURIComponent(user)}`
  return {
    baseUrl: base,
    world: (name) =>
      createControlClient(
        base.replace(/\/~[^/]*$/, '') + (name === 'default' ? '' : `/~${name}`),
        options,
      ),
    worlds: async () => (await get<{ worlds: WorldSummary[] }>('/worlds')).worlds,
    createWorld: (spec = {}) => post('/worlds', spec),
    dropWorld: (name) => remove(`/worlds/${encodeURIComponent(name)}`),
    reset: () => post('/reset'),
    config: () => get('/config'),
    setConfig: (patch) => put('/config', patch),
    options: () => get('/options'),
    setOptions: (patch) => put('/options', patch),
    clearCache: () => post('/cache/clear'),
    clock: () => get('/clock'),
    advance: (ms) => post('/clock', { advanceMs: ms }),
    setTime: (ms) => post('/clock', { setMs: ms }),
    freeze: () => post('/clock', { freeze: true }),
    resume: () => post('/clock', { resume: true }),
    users: async () => (await get<{ users: UserSummary[] }>('/users')).users,
    tokens: async (user) => (await get<{ tokens: TokenRecord[] }>('/tokens', { user })).tokens,
    expire: (user, what) => post(`${on(user)}/expire`, what && { what }),
    revoke: (user) => post(`${on(user)}/revoke`),
    block: (user) => post(`${on(user)}/block`),
    unblock: (user) => post(`${on(user)}/unblock`),
    require2fa: (user) => post(`${on(user)}/require2fa`),
    seed: (seed) => post('/seed', seed),
    documents: async (schema) =>
      (
        await get<{ documents: Record<string, unknown>[] }>(
          `/documents/${encodeURIComponent(schema)}`,
        )
      ).documents,
    clearDocuments: async (schema) =>
      (await remove<{ deleted: number }>(`/documents/${encodeURIComponent(schema)}`)).deleted,
    files: async () => (await get<{ files: Record<string, unknown>[] }>('/files')).files,
    journal: (query = {}) => get('/journal', { ...query }),
    exportJournal: (format, query = {}) => getText('/journal', { ...query, format }),
    waitForJournal: (query, until = {}) => get('/journal/wait', { ...query, ...until }),
    quiet: (timeoutMs) => get('/quiet', { timeoutMs }),
    addFault: (spec) => post('/faults', spec),
    faults: () => get('/faults'),
    removeFault: (id) => remove(id === undefined ? '/faults' : `/faults/${encodeURIComponent(id)}`),
    addGate: (spec) => post('/gates', spec),
    gates: async () => (await get<{ gates: Gate[] }>('/gates')).gates,
    waitForGate: (id, waiting, timeoutMs) =>
      get(`/gates/${encodeURIComponent(id)}/wait`, { waiting, timeoutMs }),
    releaseGate: (id) => post(`/gates/${encodeURIComponent(id)}/release`),
    removeGate: (id) => remove(id === undefined ? '/gates' : `/gates/${encodeURIComponent(id)}`),
    outbox: async () => (await get<{ messages: OutboxMessage[] }>('/outbox')).messages,
    ports: async () => (await get<{ ports: PortInfo[] }>('/ports')).ports,
    openPort: (label, port) => post('/ports', { label, port }),
    closePort: (label) => remove(`/ports/${encodeURIComponent(label)}`),
  }
}

type Query = Record<string, string | number | undefined>

function caller(base: string, { fetch: send = fetch, token }: ControlClientOptions) {
  const call = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const request = new Request(`${base}/__mock${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { 'x-mock-token': token }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const response = await send(request).catch((error: unknown) => {
      throw unreached(base, `${method} ${request.url}`, error)
    })
    if (!response.ok) throw await refused(response, `${method} ${request.url}`)
    return response
  }
  const json = async <T>(response: Promise<Response>): Promise<T> =>
    (await (await response).json()) as T
  return {
    get: <T>(path: string, query: Query = {}) => json<T>(call('GET', path + search(query))),
    getText: async (path: string, query: Query) => (await call('GET', path + search(query))).text(),
    post: <T>(path: string, body?: unknown) => json<T>(call('POST', path, body)),
    put: <T>(path: string, body: unknown) => json<T>(call('PUT', path, body)),
    remove: <T>(path: string) => json<T>(call('DELETE', path)),
  }
}

function search(query: Query): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) given.set(name, String(value))
  return given.size === 0 ? '' : `?${given.toString()}`
}

/** fetch says no more than `fetch failed`; what happened is its cause. */
function unreached(base: string, call: string, error: unknown): ControlCallError {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  const told = cause instanceof Error ? cause.message || cause.name : String(cause)
  return new ControlCallError(
    0,
    'UNREACHABLE',
    `${call} got no answer: ${told}. Is the mock still running at ${base}?`,
    { cause: error },
  )
}

async function refused(response: Response, call: string): Promise<ControlCallError> {
  const text = await response.text()
  let told: unknown
  try {
    told = JSON.parse(text)
  } catch {
    told = undefined
  }
  if (typeof told === 'object' && told !== null && 'error' in told && 'code' in told)
    return new ControlCallError(
      response.status,
      String(told.code),
      `${call}: ${String(told.error)}`,
    )
  return new ControlCallError(
    response.status,
    'UNREADABLE',
    `${call} was answered ${response.status}: ${text.slice(0, 200)}`,
  )
}
