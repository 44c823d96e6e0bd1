/** A value that may be at hand already. Most requests are answered without waiting for anything, and a promise for each step would cost more than the step. */
export type Awaitable<T> = T | Promise<T>

/** `next` at once when the value is at hand, else when it has come. */
export function andThen<T, U>(value: Awaitable<T>, next: (value: T) => Awaitable<U>): Awaitable<U> {
  return value instanceof Promise ? value.then(next) : next(value)
}
