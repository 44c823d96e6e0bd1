import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const pageFailsWithoutSession = defineMutant({
  name: 'page-fails-without-session',
  defect:
    'A page that is rendered for nobody reads the user of a session that is not there, and fails.',
  kills: { 'RESIL-14': /^where .* ends$/ },
  apply: (parts) =>
    wrappedRoute(parts, 'postsPage', (handler, { sessions }) => async (c) => {
      if (sessions.idIn(c.req.header('cookie')) === undefined) throw new Error('no user')
      return handler(c)
    }),
})
