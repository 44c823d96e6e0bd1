/** The only file of the harness with timers. Everything else waits for events, gates and journal entries, with a limit taken from here. */

const POLL_MS = 10

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

/** Asks again and again until the answer is true; false when `ms` have passed. */
export async function until(
  ms: number,
  isTrue: () => boolean | Promise<boolean>,
  everyMs = POLL_MS,
): Promise<boolean> {
  const end = performance.now() + ms
  for (;;) {
    if (await isTrue()) return true
    if (performance.now() >= end) return false
    await pause(everyMs)
  }
}

export interface SteadyOptions {
  forMs?: number
  maxMs?: number
  /** Ends the wait early. */
  enough?: () => boolean | Promise<boolean>
}

/** Resolves when a number has not changed for `forMs`, when it is enough, or after `maxMs` in any case. */
export async function steady(
  read: () => number | Promise<number>,
  { forMs = 250, maxMs = 5000, enough }: SteadyOptions = {},
): Promise<void> {
  const end = performance.now() + maxMs
  let last = await read()
  let since = performance.now()
  while (performance.now() < end) {
    if (await enough?.()) return
    await pause(POLL_MS * 2)
    const next = await read()
    if (next !== last) {
      last = next
      since = performance.now()
    } else if (performance.now() - since >= forMs) return
  }
}
