import { BffFailure } from '../../failure.ts'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const outageCountsAsLogin = defineMutant({
  name: 'outage-counts-as-login',
  defect: 'A login during an outage of the backend is answered as one that succeeded.',
  kills: { 'SESSION-18': 'the answer to a backend that fails' },
  apply: (parts) =>
    wrappedRoute(parts, 'login', (handler) => async (c) => {
      try {
        return await handler(c)
      } catch (error) {
        if (!(error instanceof BffFailure) || error.status < 500) throw error
        return c.json({ ok: true })
      }
    }),
})
