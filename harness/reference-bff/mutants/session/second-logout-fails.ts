import { defineMutant } from '../mutant.ts'
import { wrappedRoute } from '../change-answer.ts'

export const secondLogoutFails = defineMutant({
  name: 'second-logout-fails',
  defect: 'A logout without a session is an exception that nobody thought of.',
  kills: { 'SESSION-07': /^a further logout/ },
  apply: (parts) =>
    wrappedRoute(parts, 'logout', (handler, { sessions, vault }) => async (c) => {
      const id = sessions.idIn(c.req.header('cookie'))
      if (id === undefined || !(await vault.read(sessions.keyOf(id))))
        throw new TypeError('there is nobody to sign out')
      return handler(c)
    }),
})
