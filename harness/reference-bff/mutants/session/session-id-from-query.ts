import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { rebuilt } from '../rebuild.ts'

export const sessionIdFromQuery = defineMutant({
  name: 'session-id-from-query',
  defect: 'Without a cookie the list takes the session id from the address, for links in mails.',
  kills: { 'SESSION-21': /^upstream calls for a stranger with the session id as session in/ },
  apply: (parts) =>
    wrappedRoute(parts, 'list', (handler, services) => (c) => {
      const { sessions } = services
      const id = c.req.query('session')
      if (id === undefined || sessions.idIn(c.req.header('cookie')) !== undefined) return handler(c)
      const [cookie] = sessions.cookie(id).split(';')
      return rebuilt(services, parts, {
        sessions: { ...sessions, require: () => sessions.require(cookie) },
      }).list(c)
    }),
})
