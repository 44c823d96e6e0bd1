import { BffFailure, unavailable } from './failure.ts'

/** Runs a request with a signal that fires after `ms` or with the caller's signal. A missed deadline is a 504. */
export async function withDeadline<T>(
  ms: number,
  caller: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  const late = unavailable(504, 'backend_timeout')
  const timer = setTimeout(() => {
    controller.abort(late)
  }, ms)
  const leave = () => {
    controller.abort(new BffFailure(499, 'client_left'))
  }
  if (caller?.aborted) leave()
  caller?.addEventListener('abort', leave, { once: true })
  try {
    return await run(controller.signal)
  } finally {
    clearTimeout(timer)
    caller?.removeEventListener('abort', leave)
  }
}

/** Waits for something that goes on by itself; after `ms` the wait, not the thing, ends with `late`. */
export function waitAtMost<T>(ms: number, going: Promise<T>, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(late())
    }, ms)
    going.then(resolve, reject).finally(() => {
      clearTimeout(timer)
    })
  })
}
