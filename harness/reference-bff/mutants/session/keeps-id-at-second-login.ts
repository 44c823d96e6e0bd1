import { defineMutant } from '../mutant.ts'
import { wrappedRoute } from '../change-answer.ts'
import { rebuilt } from '../rebuild.ts'

export const keepsIdAtSecondLogin = defineMutant({
  name: 'keeps-id-at-second-login',
  defect: 'Only an anonymous visitor gets a new id at login; who is signed in keeps the old one.',
  kills: { 'SESSION-06': 'a new identifier at the second login' },
  apply: (parts) =>
    wrappedRoute(parts, 'login', (_, services) => async (c) => {
      const { sessions, vault } = services
      const sent = sessions.idIn(c.req.header('cookie'))
      const isKnown = sent !== undefined && (await vault.read(sessions.keyOf(sent))) !== undefined
      const keeping = isKnown ? { ...sessions, newId: () => sent, idIn: () => undefined } : sessions
      return rebuilt(services, parts, { sessions: keeping }).login(c)
    }),
})
