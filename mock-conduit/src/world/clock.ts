/** The world's time: the only file of the mock that reads `Date.now` or sets a timer. All times are milliseconds. */
export interface Clock {
  now(): number
  readonly frozen: boolean
  /** Stops the clock where it is. */
  freeze(): void
  /** Lets it run on from where it stands. */
  resume(): void
  /** Jumps to `ms` since the epoch; frozen stays frozen. */
  set(ms: number): void
  /** Moves by `ms`, which may be negative. */
  advance(ms: number): void
  /** Back to real time, running. */
  reset(): void
  /** Another clock that shows the same time, frozen or running as this one. */
  copy(): Clock
}

/** A clock that follows real time until it is told otherwise. */
export function createClock(realNow: () => number = Date.now): Clock {
  return clockAt(realNow, 0, undefined)
}

function clockAt(
  realNow: () => number,
  startOffset: number,
  startFrozenAt: number | undefined,
): Clock {
  let offset = startOffset
  let frozenAt = startFrozenAt
  const now = () => frozenAt ?? realNow() + offset
  return {
    now,
    get frozen() {
      return frozenAt !== undefined
    },
    freeze() {
      frozenAt = now()
    },
    resume() {
      if (frozenAt === undefined) return
      offset = frozenAt - realNow()
      frozenAt = undefined
    },
    set(ms) {
      if (frozenAt === undefined) offset = ms - realNow()
      else frozenAt = ms
    },
    advance(ms) {
      if (frozenAt === undefined) offset += ms
      else frozenAt += ms
    },
    reset() {
      offset = 0
      frozenAt = undefined
    },
    copy: () => clockAt(realNow, offset, frozenAt),
  }
}

/** Real waiting, which the frozen clock does not govern: control long-polls, `drip` faults, the `racy` renew window. */
export function realDelay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    function done() {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    signal?.addEventListener('abort', done, { once: true })
  })
}

/** Monotonic real milliseconds, for durations in the journal. */
export const realMonotonic = () => performance.now()
