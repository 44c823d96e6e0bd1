import type { Parts } from '../services.ts'
import type { Session } from '../sessions.ts'
import { wrappedRoute } from './change-answer.ts'
import { rebuilt } from './rebuild.ts'

/** The parts with a list that looks at the browser's own Authorization header. */
export function trustingAuthorization(
  parts: Parts,
  sessionFor: (bearer: string, own: () => Promise<Session>) => Promise<Session>,
): Parts {
  return wrappedRoute(parts, 'list', (handler, services) => async (c) => {
    const bearer = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1]
    if (bearer === undefined) return handler(c)
    const { sessions } = services
    const require = (header: string | undefined) =>
      sessionFor(bearer, () => sessions.require(header))
    return rebuilt(services, parts, { sessions: { ...sessions, require } }).list(c)
  })
}
