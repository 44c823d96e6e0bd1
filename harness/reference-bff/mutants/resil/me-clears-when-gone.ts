import { BffFailure, sessionOver } from '../../failure.ts'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const meClearsWhenGone = defineMutant({
  name: 'me-clears-when-gone',
  defect:
    'Who asks who is signed in while the backend cannot be reached is signed out; the other routes call it an outage.',
  kills: { 'RESIL-03': /^the answer to me on instance 1 while the backend is gone$/ },
  apply: (parts) =>
    wrappedRoute(parts, 'me', (handler, { sessions, vault }) => async (c) => {
      try {
        return await handler(c)
      } catch (error) {
        if (!(error instanceof BffFailure) || error.code !== 'backend_unreachable') throw error
        const id = sessions.idIn(c.req.header('cookie'))
        if (id !== undefined) await vault.remove(sessions.keyOf(id))
        throw sessionOver()
      }
    }),
})
