import type { Clock } from '../world/clock.ts'
import type { ByteString } from './byte-string.ts'
import type { HeaderList, WireResponse } from './message.ts'

export interface Kept {
  body: ByteString
  etag: string
  expiresAt: number
  /** The answer last made of it, and the common headers that it begins with. */
  sent?: { common: HeaderList; response: WireResponse }
}

const MAX_ENTRIES = 5_000

/** Answers of cached GETs: the body and its ETag, kept `maxAge` seconds. Source: HM/cache.utils.ts:6-29. */
export class ResponseCache {
  readonly #entries = new Map<string, Kept>()

  get(key: string, clock: Clock): Kept | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    if (entry.expiresAt > clock.now()) return entry
    this.#entries.delete(key)
    return undefined
  }

  set(key: string, entry: Kept): void {
    if (this.#entries.size >= MAX_ENTRIES) {
      const oldest = this.#entries.keys().next()
      if (!oldest.done) this.#entries.delete(oldest.value)
    }
    this.#entries.set(key, entry)
  }

  clear(): void {
    this.#entries.clear()
  }
}
