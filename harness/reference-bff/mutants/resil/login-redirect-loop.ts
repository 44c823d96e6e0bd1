import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const loginRedirectLoop = defineMutant({
  name: 'login-redirect-loop',
  defect:
    'The login page sends whoever has a session cookie to the posts, and the posts send back without clearing it.',
  kills: { 'RESIL-13': / goes to again and again$/ },
  apply: (parts) => {
    const bouncing = wrappedRoute(
      parts,
      'page',
      (handler, { sessions }) =>
        async (c) =>
          sessions.idIn(c.req.header('cookie')) === undefined
            ? handler(c)
            : c.redirect('/posts', 303),
    )
    return wrappedRoute(bouncing, 'postsPage', (handler) => async (c) => {
      const answer = await handler(c)
      if (answer.status === 303) answer.headers.delete('set-cookie')
      return answer
    })
  },
})
