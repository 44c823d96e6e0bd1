import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const tabBResavesSession = defineMutant({
  name: 'tab-b-resaves-session',
  defect:
    'A list that was asked for saves its session and sets the cookie again once it is answered.',
  kills: { 'RESIL-14': "upstream calls with the user's tokens after the logout" },
  apply: (parts) =>
    wrappedRoute(parts, 'list', (handler, { sessions, vault }) => async (c) => {
      const id = sessions.idIn(c.req.header('cookie'))
      const entry = id === undefined ? undefined : await vault.read(sessions.keyOf(id))
      const answer = await handler(c)
      if (id === undefined || !entry || !answer.ok) return answer
      if (!(await vault.read(sessions.keyOf(id)))) await vault.create(sessions.keyOf(id), entry)
      answer.headers.set('set-cookie', sessions.cookie(id))
      return answer
    }),
})
