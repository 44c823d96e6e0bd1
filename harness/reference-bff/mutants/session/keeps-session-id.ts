import { defineMutant } from '../mutant.ts'
import { wrappedRoute } from '../change-answer.ts'
import { rebuilt } from '../rebuild.ts'

/** The id that the browser sent, whatever it looks like. */
const sentId = (header: string | undefined) => /bff_session=([\w-]+)/.exec(header ?? '')?.[1]

export const keepsSessionId = defineMutant({
  name: 'keeps-session-id',
  defect: 'A login keeps the session id that the browser came with.',
  kills: { 'SESSION-06': 'list with the planted cookie after the login' },
  apply: (parts) => ({
    ...wrappedRoute(parts, 'login', (_, services) => async (c) => {
      const { sessions } = services
      const sent = sentId(c.req.header('cookie'))
      const newId = () => sent ?? sessions.newId()
      const keeping = { ...sessions, newId, idIn: () => undefined }
      return rebuilt(services, parts, { sessions: keeping }).login(c)
    }),
    sessions: (services) => Object.assign(parts.sessions(services), { idIn: sentId }),
  }),
})
