import { BffFailure, unavailable } from '../../failure.ts'
import { defineMutant } from '../mutant.ts'
import { wrappedBackend } from '../wrapped-backend.ts'

const MANY = 3

export const breakerNeverCloses = defineMutant({
  name: 'breaker-never-closes',
  defect:
    'After three connections in a row that failed, a circuit breaker spares the backend further calls, for good.',
  kills: { 'RESIL-03': /^the same session on instance \d when the backend is back$/ },
  apply: (parts) =>
    wrappedBackend(parts, (backend) => {
      let failed = 0
      return async (call, bearer) => {
        if (failed >= MANY) throw unavailable(503, 'backend_spared')
        try {
          const answer = await backend(call, bearer)
          failed = 0
          return answer
        } catch (error) {
          if (error instanceof BffFailure && error.code === 'backend_unreachable') failed += 1
          throw error
        }
      }
    }),
})
