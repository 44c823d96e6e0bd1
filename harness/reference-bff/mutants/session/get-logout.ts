import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const getLogout = defineMutant({
  name: 'get-logout',
  defect: 'A GET signs out as well, so that an image of the application, or a prefetch, does.',
  kills: {
    'SESSION-08':
      "the session after a GET of the logout route from a page of the application's own",
  },
  apply: (parts) =>
    wrappedRoute(parts, 'logout', (handler, { sessions, vault }) => async (c) => {
      if (c.req.method !== 'GET') return handler(c)
      const id = sessions.idIn(c.req.header('cookie'))
      if (id !== undefined) await vault.remove(sessions.keyOf(id))
      c.header('set-cookie', sessions.expiredCookie())
      return c.redirect('/', 303)
    }),
})
