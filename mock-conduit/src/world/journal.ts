import type { BodyDigest, JournalEntry, JournalQuery } from '../control/types.ts'
import { ByteString } from '../wire/byte-string.ts'
import { bytesOf, type HeaderList, headerPairs, type WireRequest } from '../wire/message.ts'
import { digestOf, type StreamDigest } from './body-digest.ts'
import { realMonotonic } from './clock.ts'
import { operationMatches } from './operation.ts'

export interface JournalLimits {
  entries: number
  /** Of bodies, and about 1 KiB for the rest of each entry. */
  bytes: number
}

const defaultLimits: JournalLimits = { entries: 20_000, bytes: 64 * 1024 * 1024 }
const ENTRY_BYTES = 1024
/** Larger bodies are digested when their entry ends, instead of kept. */
const KEPT_BODY = 256 * 1024

type JournalledBody = Buffer | ByteString | StreamDigest | BodyDigest | undefined

/** One request while it lives; the engine and the socket adapter write to it, `JournalEntry` is made when asked for. */
export interface OpenEntry {
  readonly seq: number
  readonly method: string
  readonly target: string
  readonly instance: string
  readonly side: 'api' | 'storage'
  readonly operation: string
  readonly token: JournalEntry['token']
  readonly startedAt: number
  readonly startedMono: number
  /** In pairs, or flat as node has them. */
  readonly requestHeaders: HeaderList | readonly string[]
  requestBody: JournalledBody
  /** 0 until the head goes to the socket, as are its headers empty. */
  status: number
  responseHeaders: HeaderList
  responseBody: JournalledBody
  bytesWritten: number
  durationMs: number | null
  close: JournalEntry['close']
  fault: string | undefined
  gate: string | undefined
  hint: string | undefined
  /** False once evicted. */
  listed: boolean
}

interface JournalHost {
  name: string
  clock: { now(): number }
}

/** Requests of a world, bounded by count and bytes: the oldest go, and a query that would miss them fails. */
export class Journal {
  readonly #world: JournalHost
  readonly #limits: JournalLimits
  #entries: OpenEntry[] = []
  /** Entries before this index are evicted; the array is cut now and then. */
  #head = 0
  #bytes = 0
  #lastSeq = 0
  #evictedUpTo = 0
  #inFlight = 0
  readonly #watchers = new Set<(ended?: OpenEntry) => void>()

  constructor(world: JournalHost, limits: JournalLimits = defaultLimits) {
    this.#world = world
    this.#limits = limits
  }

  get lastSeq(): number {
    return this.#lastSeq
  }

  /** Requests whose answer has not ended. */
  get inFlight(): number {
    return this.#inFlight
  }

  open(
    request: WireRequest,
    about: {
      side: 'api' | 'storage'
      operation: string
      token?: JournalEntry['token']
      hint?: string | undefined
    },
  ): OpenEntry {
    const entry: OpenEntry = {
      seq: ++this.#lastSeq,
      method: request.method,
      target: request.target,
      instance: request.instance,
      side: about.side,
      operation: about.operation,
      token: about.token,
      startedAt: this.#world.clock.now(),
      startedMono: realMonotonic(),
      requestHeaders: request.flatHeaders ?? request.rawHeaders,
      requestBody: undefined,
      status: 0,
      responseHeaders: noHeaders,
      responseBody: undefined,
      bytesWritten: 0,
      durationMs: null,
      close: 'open',
      fault: undefined,
      gate: undefined,
      hint: about.hint,
      listed: true,
    }
    this.#entries.push(entry)
    this.#bytes += ENTRY_BYTES
    this.#inFlight += 1
    this.#evict()
    return entry
  }

  /** Ends an entry; later calls change nothing. */
  close(entry: OpenEntry, how: Exclude<JournalEntry['close'], 'open'>): void {
    if (entry.close !== 'open') return
    entry.close = how
    entry.durationMs = realMonotonic() - entry.startedMono
    entry.requestBody = settled(entry.requestBody)
    entry.responseBody = settled(entry.responseBody)
    if (entry.listed) this.#bytes += keptBytes(entry)
    this.#inFlight -= 1
    this.#evict()
    this.#tell(entry)
  }

  /** Calls `listener` with each entry that ends, and with nothing after `clear`; returns the unsubscriber. */
  watch(listener: (ended?: OpenEntry) => void): () => void {
    this.#watchers.add(listener)
    return () => this.#watchers.delete(listener)
  }

  /** Matching entries in order of arrival. Throws a RangeError when some that could match were evicted. */
  query(query: JournalQuery): JournalEntry[] {
    if ((query.since ?? 0) < this.#evictedUpTo)
      throw new RangeError(
        `Entries up to ${this.#evictedUpTo} were evicted; ask with since=${this.#evictedUpTo} or later, or reset more often.`,
      )
    return this.#matching(query).map((entry) => this.#render(entry))
  }

  /** How many matching requests have ended so far; keeps counting until `stop` is called, at the cost of the new ones only. */
  count(query: JournalQuery): { ended: () => number; stop: () => void } {
    const all = () => this.#matching(query).filter(({ close }) => close !== 'open').length
    let ended = all()
    const stop = this.watch((entry) => {
      if (!entry) ended = all()
      else if (matches(entry, query)) ended += 1
    })
    return { ended: () => ended, stop }
  }

  /** Forgets what has ended; sequence numbers go on. */
  clear(): void {
    this.#entries = this.#entries.slice(this.#head).filter(({ close }) => close === 'open')
    this.#head = 0
    this.#bytes = this.#entries.length * ENTRY_BYTES
    this.#evictedUpTo = 0
    this.#tell()
  }

  #tell(ended?: OpenEntry): void {
    if (this.#watchers.size === 0) return
    for (const watcher of [...this.#watchers]) watcher(ended)
  }

  #matching(query: JournalQuery): OpenEntry[] {
    const { since = 0 } = query
    const found: OpenEntry[] = []
    for (let at = this.#entries.length - 1; at >= this.#head; at -= 1) {
      const entry = this.#entries[at]
      if (!entry || entry.seq <= since) break
      if (matches(entry, query)) found.push(entry)
    }
    return found.reverse()
  }

  #evict(): void {
    const { entries, bytes } = this.#limits
    while (this.#entries.length - this.#head > entries || this.#bytes > bytes) {
      const oldest = this.#entries[this.#head]
      if (!oldest) break
      this.#head += 1
      this.#bytes -= ENTRY_BYTES + (oldest.close === 'open' ? 0 : keptBytes(oldest))
      oldest.listed = false
      this.#evictedUpTo = oldest.seq
    }
    if (this.#head <= 1024 && this.#head < this.#entries.length) return
    this.#entries = this.#entries.slice(this.#head)
    this.#head = 0
  }

  #render(entry: OpenEntry): JournalEntry {
    const { seq, instance, side, operation, method, token, fault, gate, hint } = entry
    return {
      seq,
      world: this.#world.name,
      instance,
      side,
      operation,
      method,
      path: entry.target,
      requestHeaders: pairs(entry.requestHeaders),
      requestBody: digest(entry.requestBody),
      ...(token ? { token } : {}),
      status: entry.status,
      responseHeaders: entry.responseHeaders,
      responseBody: digest(entry.responseBody),
      bytesWritten: entry.bytesWritten,
      startedAt: entry.startedAt,
      receivedAt: performance.timeOrigin + entry.startedMono,
      durationMs: entry.durationMs,
      close: entry.close,
      ...(fault ? { fault } : {}),
      ...(gate ? { gate } : {}),
      ...(hint ? { hint } : {}),
    }
  }
}

function matches(entry: OpenEntry, query: JournalQuery): boolean {
  if (query.since !== undefined && entry.seq <= query.since) return false
  if (query.side && entry.side !== query.side) return false
  if (query.instance && entry.instance !== query.instance) return false
  if (query.operation && !operationMatches(query.operation, entry.operation)) return false
  return !query.user || entry.token?.userId === query.user || entry.token?.email === query.user
}

const noHeaders: HeaderList = []

function pairs(headers: OpenEntry['requestHeaders']): HeaderList {
  return isPairs(headers) ? headers : headerPairs(headers)
}

function isPairs(headers: OpenEntry['requestHeaders']): headers is HeaderList {
  return Array.isArray(headers[0])
}

const empty = digestOf(Buffer.alloc(0))

function digest(body: JournalledBody): BodyDigest {
  if (body === undefined) return empty
  if (isKeepable(body)) return digestOf(bytesOf(body))
  return 'digest' in body ? body.digest() : body
}

/** What is kept of a body once its request has ended. */
function settled(body: JournalledBody): JournalledBody {
  if (body === undefined) return body
  if (!isKeepable(body) || body.length > KEPT_BODY) return digest(body)
  if (body instanceof ByteString) body.release()
  return body
}

function isKeepable(body: JournalledBody): body is Buffer | ByteString {
  return body instanceof ByteString || Buffer.isBuffer(body)
}

function keptBytes({ requestBody, responseBody }: OpenEntry): number {
  return sizeOf(requestBody) + sizeOf(responseBody)
}

function sizeOf(body: JournalledBody): number {
  if (isKeepable(body)) return body.length
  return body && 'text' in body ? body.text.length : 0
}
