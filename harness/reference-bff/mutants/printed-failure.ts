import type { BffContext, Parts } from '../services.ts'

/** The parts that print a line for what goes wrong; nothing when `line` gives nothing. */
export function printingFailures(
  parts: Parts,
  line: (error: unknown, c: BffContext) => string | undefined,
): Parts {
  return {
    ...parts,
    failureAnswer: (services) => {
      const answer = parts.failureAnswer(services)
      return (error, c) => {
        const text = line(error, c)
        if (text !== undefined) process.stderr.write(`${text}\n`)
        return answer(error, c)
      }
    },
  }
}
