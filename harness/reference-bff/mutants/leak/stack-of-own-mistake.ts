import { isRecord } from '../../../src/is-record.ts'
import { BffFailure } from '../../failure.ts'
import { defineMutant } from '../mutant.ts'
import { wrappedBackend } from '../wrapped-backend.ts'

/** What a program does that takes every item of a list for an object. */
function idsOf(text: string): string[] {
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {
    return []
  }
  const documents = isRecord(answer) ? answer['documents'] : undefined
  return Array.isArray(documents) ? documents.map((each: { _id: string }) => each._id) : []
}

export const stackOfOwnMistake = defineMutant({
  name: 'stack-of-own-mistake',
  defect:
    'A list with an item that is no object is an exception that nobody handles, and is answered with its stack.',
  kills: { 'LEAK-10': 'tokens and internals in error answers' },
  apply: (parts) => ({
    ...wrappedBackend(parts, (backend) => async (call, bearer) => {
      const answer = await backend(call, bearer)
      if (answer.status === 200) idsOf(answer.text)
      return answer
    }),
    failureAnswer: (services) => {
      const inOwnWords = parts.failureAnswer(services)
      return (error, c) =>
        error instanceof BffFailure || !(error instanceof Error)
          ? inOwnWords(error, c)
          : c.json({ error: 'internal', stack: error.stack ?? '' }, 500)
    },
  }),
})
