import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const sessionBeforeAuth = defineMutant({
  name: 'session-before-auth',
  defect: 'The session and its cookie are made before the backend has said who it is.',
  kills: { 'SESSION-18': 'upstream calls after a wrong password' },
  apply: (parts) =>
    wrappedRoute(parts, 'login', (handler, { sessions, vault }) => async (c) => {
      try {
        return await handler(c)
      } catch (error) {
        const id = sessions.newId()
        const tokens = { accessToken: 'none-yet', refreshToken: 'none-yet' }
        await vault.create(sessions.keyOf(id), { generation: 1, userId: 'unknown', tokens })
        c.header('set-cookie', sessions.cookie(id))
        throw error
      }
    }),
})
