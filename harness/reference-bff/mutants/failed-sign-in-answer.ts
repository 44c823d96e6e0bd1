import { BffFailure } from '../failure.ts'
import type { BffContext, Parts } from '../services.ts'

/** The parts with another answer to whoever is not signed in. */
export const changedRefusal = (parts: Parts, answer: (c: BffContext) => Response): Parts => ({
  ...parts,
  failureAnswer: (services) => {
    const inOwnWords = parts.failureAnswer(services)
    return (error, c) =>
      error instanceof BffFailure && error.code === 'not_signed_in'
        ? answer(c)
        : inOwnWords(error, c)
  },
})
