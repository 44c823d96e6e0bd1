import { defineMutant } from '../mutant.ts'
import { wrappedRoute } from '../change-answer.ts'
import { rebuilt } from '../rebuild.ts'

export const keepsMalformedId = defineMutant({
  name: 'keeps-malformed-id',
  defect:
    'A login keeps the session id that the browser came with, also one that no other route takes for an id.',
  kills: { 'SESSION-06': 'planted values that the login set anew' },
  apply: (parts) =>
    wrappedRoute(parts, 'login', (_, services) => async (c) => {
      const { sessions } = services
      const [, sent] = /bff_session=([\w-]+)/.exec(c.req.header('cookie') ?? '') ?? []
      const newId = () => sent ?? sessions.newId()
      return rebuilt(services, parts, {
        sessions: { ...sessions, newId, idIn: () => undefined },
      }).login(c)
    }),
})
