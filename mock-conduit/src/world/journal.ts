import { createHash } from 'node:crypto'
import type { BodyDigest, JournalEntry, JournalQuery } from '../control/types.ts'
import type { WireRequest, WireResponse } from '../wire/message.ts'
import { realMonotonic } from './clock.ts'
import { operationMatches } from './operation.ts'

const MAX_ENTRIES = 20_000
const MAX_TEXT = 64 * 1024

/** One request while it lives; the engine and the socket adapter write to it, `JournalEntry` is made when asked for. */
export interface OpenEntry {
  seq: number
  request: WireRequest
  requestBody: Buffer | undefined
  side: 'api' | 'storage'
  operation: string
  token: JournalEntry['token']
  response: Pick<WireResponse, 'status' | 'headers'> | undefined
  responseBody: Buffer | undefined
  bytesWritten: number
  startedAt: number
  startedMono: number
  durationMs: number | null
  close: JournalEntry['close']
  fault: string | undefined
  gate: string | undefined
  hint: string | undefined
}

interface JournalHost {
  name: string
  clock: { now(): number }
}

/** Every request of a world, bounded by count. */
export class Journal {
  readonly #world: JournalHost
  #entries: OpenEntry[] = []
  #lastSeq = 0
  #evictedUpTo = 0
  #inFlight = 0
  #waiters = new Set<() => void>()

  constructor(world: JournalHost) {
    this.#world = world
  }

  get lastSeq(): number {
    return this.#lastSeq
  }

  get inFlight(): number {
    return this.#inFlight
  }

  open(
    request: WireRequest,
    about: { side: 'api' | 'storage'; operation: string; token?: JournalEntry['token'] },
  ): OpenEntry {
    const entry: OpenEntry = {
      seq: ++this.#lastSeq,
      request,
      requestBody: undefined,
      side: about.side,
      operation: about.operation,
      token: about.token,
      response: undefined,
      responseBody: undefined,
      bytesWritten: 0,
      startedAt: this.#world.clock.now(),
      startedMono: realMonotonic(),
      durationMs: null,
      close: 'open',
      fault: undefined,
      gate: undefined,
      hint: undefined,
    }
    this.#entries.push(entry)
    this.#inFlight += 1
    if (this.#entries.length > MAX_ENTRIES) this.#evict()
    return entry
  }

  /** Ends an entry; later calls change nothing. */
  close(entry: OpenEntry, how: Exclude<JournalEntry['close'], 'open'>): void {
    if (entry.close !== 'open') return
    entry.close = how
    entry.durationMs = realMonotonic() - entry.startedMono
    this.#inFlight -= 1
    this.changed()
  }

  /** Calls `listener` after each change (an answer begun or ended); returns the unsubscriber. */
  watch(listener: () => void): () => void {
    this.#waiters.add(listener)
    return () => this.#waiters.delete(listener)
  }

  changed(): void {
    for (const waiter of [...this.#waiters]) waiter()
  }

  query(query: JournalQuery): JournalEntry[] {
    if (query.since !== undefined && query.since < this.#evictedUpTo)
      throw new RangeError(
        `Entries up to ${this.#evictedUpTo} were evicted; ask since a later seq, or reset more often.`,
      )
    return this.#entries
      .filter((entry) => matches(entry, query))
      .map((entry) => this.#render(entry))
  }

  clear(): void {
    this.#entries = this.#entries.filter((entry) => entry.close === 'open')
    this.changed()
  }

  #evict(): void {
    const removed = this.#entries.splice(0, MAX_ENTRIES / 10)
    this.#evictedUpTo = removed.at(-1)?.seq ?? this.#evictedUpTo
  }

  #render(entry: OpenEntry): JournalEntry {
    return {
      seq: entry.seq,
      world: this.#world.name,
      instance: entry.request.instance,
      side: entry.side,
      operation: entry.operation,
      method: entry.request.method,
      path: entry.request.target,
      requestHeaders: entry.request.rawHeaders,
      requestBody: digest(entry.requestBody),
      ...(entry.token ? { token: entry.token } : {}),
      status: entry.response?.status ?? 0,
      responseHeaders: entry.response?.headers ?? [],
      responseBody: digest(entry.responseBody),
      bytesWritten: entry.bytesWritten,
      startedAt: entry.startedAt,
      durationMs: entry.durationMs,
      close: entry.close,
      ...(entry.fault ? { fault: entry.fault } : {}),
      ...(entry.gate ? { gate: entry.gate } : {}),
      ...(entry.hint ? { hint: entry.hint } : {}),
    }
  }
}

function matches(entry: OpenEntry, query: JournalQuery): boolean {
  if (query.since !== undefined && entry.seq <= query.since) return false
  if (query.side && entry.side !== query.side) return false
  if (query.instance && entry.request.instance !== query.instance) return false
  if (query.operation && !operationMatches(query.operation, entry.operation)) return false
  return !query.user || entry.token?.userId === query.user || entry.token?.email === query.user
}

function digest(body: Buffer | undefined): BodyDigest {
  const bytes = body ?? Buffer.alloc(0)
  const text = bytes.length <= MAX_TEXT && !bytes.includes(0) ? bytes.toString('utf8') : undefined
  return {
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    ...(text === undefined ? {} : { text }),
  }
}
