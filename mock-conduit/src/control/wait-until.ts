import { realDelay } from '../world/clock.ts'

interface Watched {
  /** Calls its listener after each change; returns the unsubscriber. */
  watch: (listener: () => void) => () => void
  timeoutMs: number
  /** Ends the wait when the caller goes away. */
  signal: AbortSignal
}

/** Resolves with the first answer of `probe` that is not undefined, or with undefined when the time is over. Rejects with what `probe` throws. */
export async function waitUntil<T>(
  probe: () => T | undefined,
  { watch, timeoutMs, signal }: Watched,
): Promise<T | undefined> {
  const first = probe()
  if (first !== undefined || signal.aborted) return first
  const over = new AbortController()
  const end = () => {
    over.abort()
  }
  signal.addEventListener('abort', end, { once: true })
  const found = new Promise<T>((resolve, reject) => {
    const unwatch = watch(() => {
      try {
        const value = probe()
        if (value !== undefined) resolve(value)
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)))
      }
    })
    over.signal.addEventListener('abort', unwatch, { once: true })
  })
  try {
    return await Promise.race([found, realDelay(timeoutMs, over.signal).then(() => undefined)])
  } finally {
    end()
    signal.removeEventListener('abort', end)
  }
}
