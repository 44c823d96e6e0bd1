import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const longQuery500 = defineMutant({
  name: 'long-query-500',
  defect: 'A term that is too long is an exception that nobody thought of.',
  kills: { 'PROXY-12': 'the answer to q of 6 KB' },
  apply: (parts) =>
    wrappedRoute(parts, 'list', (handler) => async (c) => {
      if ((c.req.query('q') ?? '').length > 1000) throw new RangeError('term too long')
      return handler(c)
    }),
})
