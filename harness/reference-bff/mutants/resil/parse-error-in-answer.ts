import { BffFailure } from '../../failure.ts'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const parseErrorInAnswer = defineMutant({
  name: 'parse-error-in-answer',
  defect: 'A create whose answer cannot be read shows the error of the parser, stack included.',
  kills: { 'RESIL-04': 'internals in the answer when create gets a JSON that is cut off' },
  collateral: ['LEAK-10'],
  apply: (parts) =>
    wrappedRoute(parts, 'create', (handler) => async (c) => {
      try {
        return await handler(c)
      } catch (error) {
        if (!(error instanceof BffFailure) || error.code !== 'backend_answer_invalid') throw error
        return c.json({ error: 'backend_answer_invalid', detail: error.stack }, 502)
      }
    }),
})
