import { BffFailure } from '../../failure.ts'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const returns200Undefined = defineMutant({
  name: 'returns-200-undefined',
  defect: 'A list that cannot be read is an empty list.',
  kills: { 'RESIL-04': 'the answer when list gets a JSON that is cut off' },
  collateral: ['LEAK-10'],
  apply: (parts) =>
    wrappedRoute(parts, 'list', (handler) => async (c) => {
      try {
        return await handler(c)
      } catch (error) {
        if (!(error instanceof BffFailure) || error.code !== 'backend_answer_invalid') throw error
        return c.json({ items: [], total: 0, page: 1 })
      }
    }),
})
