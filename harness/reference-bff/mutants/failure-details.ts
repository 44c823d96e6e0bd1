import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { BffFailure } from '../failure.ts'
import type { Parts, Services } from '../services.ts'

/** The parts with more in the body of an error than its code. */
export function changedFailure(
  parts: Parts,
  details: (error: BffFailure, services: Services) => Record<string, string>,
): Parts {
  return {
    ...parts,
    failureAnswer: (services) => {
      const inOwnWords = parts.failureAnswer(services)
      return (error, c) =>
        error instanceof BffFailure && error.status >= 500
          ? c.json(
              { error: error.code, ...details(error, services) },
              error.status as ContentfulStatusCode,
            )
          : inOwnWords(error, c)
    },
  }
}
