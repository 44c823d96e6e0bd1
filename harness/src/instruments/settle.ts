/** The only file of the harness with timers. Everything else waits for events, gates and journal entries, with a limit taken from here. */

const POLL_MS = 10

/** A wait is that much longer than asked for on a machine that has time for it. */
const USUAL_DELAY_MS = 20

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Something took longer than the harness allows. */
export class WaitedTooLong extends Error {
  override readonly name = 'WaitedTooLong'
}

/** The promise's value, or `WaitedTooLong` after `ms`. */
export async function within<Value>(
  ms: number,
  what: string,
  promise: Promise<Value>,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new WaitedTooLong(`${what} took longer than ${ms} ms`))
    }, ms)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Calls `limit` after `ms` unless cancelled. */
export function afterwards(ms: number, limit: () => void): () => void {
  const timer = setTimeout(limit, ms)
  timer.unref()
  return () => {
    clearTimeout(timer)
  }
}

/** Waits; gives how much later than usual the harness was woken, for then nobody else on the machine had the time either. */
async function overslept(ms: number): Promise<number> {
  const asleep = performance.now()
  await pause(ms)
  return Math.max(0, performance.now() - asleep - ms - USUAL_DELAY_MS)
}

/** Asks again and again until the answer is true; false when `ms` have passed, apart from those that a busy machine took away. */
export async function until(
  ms: number,
  isTrue: () => boolean | Promise<boolean>,
  everyMs = POLL_MS,
): Promise<boolean> {
  let end = performance.now() + ms
  for (;;) {
    if (await isTrue()) return true
    if (performance.now() >= end) return false
    end += await overslept(everyMs)
  }
}

export interface SteadyOptions {
  forMs?: number
  maxMs?: number
  /** Ends the wait early. */
  enough?: () => boolean | Promise<boolean>
}

/**
 * Resolves when a number has not changed for `forMs`, when it is enough, or after `maxMs` in any case. Of a round only as much counts as it
 * takes on a quiet machine: where the harness does not get its turn, nothing can arrive.
 */
export async function steady(
  read: () => number | Promise<number>,
  { forMs = 250, maxMs = 5000, enough }: SteadyOptions = {},
): Promise<void> {
  let last = await read()
  let quietMs = 0
  for (let passedMs = 0; passedMs < maxMs;) {
    if (await enough?.()) return
    const begun = performance.now()
    await pause(POLL_MS * 2)
    const next = await read()
    const roundMs = Math.min(performance.now() - begun, POLL_MS * 2 + USUAL_DELAY_MS)
    passedMs += roundMs
    quietMs = next === last ? quietMs + roundMs : 0
    last = next
    if (quietMs >= forMs) return
  }
}
