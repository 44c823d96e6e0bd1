import type { Clock } from '../world/clock.ts'

/** Fixed windows that start with the first hit. Source: R/security/handlers/rate-limiter/index.ts:16-39, H/Router.ts:123-149. */
export class RateLimits {
  readonly #windows = new Map<string, { hits: number; endsAt: number }>()

  /** Counts one hit on `key`; false when it is one too many. */
  take(key: string, limit: { max: number; windowMs: number; clock: Clock }): boolean {
    const now = limit.clock.now()
    let window = this.#windows.get(key)
    if (!window || window.endsAt <= now) {
      window = { hits: 0, endsAt: now + limit.windowMs }
      this.#windows.set(key, window)
      if (this.#windows.size > 10_000) this.#sweep(now)
    }
    window.hits += 1
    return window.hits <= limit.max
  }

  clear(): void {
    this.#windows.clear()
  }

  #sweep(now: number): void {
    for (const [key, window] of this.#windows) if (window.endsAt <= now) this.#windows.delete(key)
  }
}
