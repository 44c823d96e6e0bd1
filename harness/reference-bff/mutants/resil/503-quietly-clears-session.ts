import { BffFailure } from '../../failure.ts'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const quietlyClearsSession = defineMutant({
  name: '503-quietly-clears-session',
  defect: 'A 503 of the backend is answered as such, but the session is gone afterwards.',
  kills: { 'RESIL-01': /^the same session after/ },
  apply: (parts) =>
    wrappedRoute(parts, 'list', (handler, { sessions, vault }) => async (c) => {
      try {
        return await handler(c)
      } catch (error) {
        const id = sessions.idIn(c.req.header('cookie'))
        if (error instanceof BffFailure && error.status >= 500 && id !== undefined)
          await vault.remove(sessions.keyOf(id))
        throw error
      }
    }),
})
