import { BffFailure, unavailable } from '../../failure.ts'
import { defineMutant } from '../mutant.ts'
import { wrappedBackend } from '../wrapped-backend.ts'

const SLOTS = 20

export const abortKeepsSlot = defineMutant({
  name: 'abort-keeps-slot',
  defect:
    'Twenty calls of the backend may be under way; one whose browser has left is never counted out.',
  kills: { 'RESIL-10': 'answers to the next calls' },
  apply: (parts) =>
    wrappedBackend(parts, (backend) => {
      let free = SLOTS
      return async (call, bearer) => {
        if (free === 0) throw unavailable(503, 'busy')
        free -= 1
        try {
          const answer = await backend(call, bearer)
          free += 1
          return answer
        } catch (error) {
          if (!(error instanceof BffFailure) || error.code !== 'client_left') free += 1
          throw error
        }
      }
    }),
})
