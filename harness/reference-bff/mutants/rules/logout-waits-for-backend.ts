import { unavailable } from '../../failure.ts'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const logoutWaitsForBackend = defineMutant({
  name: 'logout-waits-for-backend',
  defect: 'The session is ended only once the backend has signed its tokens out.',
  kills: { 'RULES-13': /^list with the browser's cookies, after the backend answers 500/ },
  apply: (parts) =>
    wrappedRoute(parts, 'logout', (handler, { http, sessions, vault }) => async (c) => {
      const entry = await vault.read(sessions.keyOf(sessions.idIn(c.req.header('cookie')) ?? ''))
      if (c.req.method !== 'POST' || !entry) return handler(c)
      const answer = await http.backend(
        { method: 'POST', path: '/authentication/logout' },
        entry.tokens.accessToken,
      )
      if (answer.status >= 500) throw unavailable(502, 'backend_failed')
      return handler(c)
    }),
})
