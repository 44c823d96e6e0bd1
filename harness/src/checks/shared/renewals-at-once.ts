import type { JournalEntry } from 'mock-conduit'

/** A connection that was given up is seen a moment later. */
const TOLERANCE_MS = 250

/** How many renewals were open together, those left by their sender counted until then. */
export function mostAtOnce(renews: readonly JournalEntry[]): number {
  return Math.max(
    0,
    ...renews.map(
      ({ startedAt }) =>
        renews.filter(
          (other) =>
            other.startedAt <= startedAt &&
            startedAt < other.startedAt + (other.durationMs ?? Infinity) - TOLERANCE_MS,
        ).length,
    ),
  )
}

/** Whether a sender left before the answer came: nobody can know then what became of the token. */
export const wasGivenUp = (renews: readonly JournalEntry[]): boolean =>
  renews.some((entry) => entry.close === 'client-aborted')
