import type { Handler, Parts, Services } from '../services.ts'
import type { Session } from '../sessions.ts'
import { rebuilt } from './rebuild.ts'
import { wrappedRoute, type RoutePart } from './change-answer.ts'
import type { BffContext } from '../services.ts'

const NOBODY: Session = {
  key: 'anonymous',
  entry: { generation: 0, userId: 'nobody', tokens: { accessToken: '', refreshToken: '' } },
}

/** The parts with a route that asks the backend also for callers without a session, where `isOpen` says so. */
export function openToAnybody(
  parts: Parts,
  route: RoutePart,
  isOpen: (c: BffContext) => boolean,
): Parts {
  return wrappedRoute(
    parts,
    route,
    (handler, services): Handler =>
      (c) =>
        isOpen(c) ? rebuilt(services, parts, anonymous(services))[route](c) : handler(c),
  )
}

const anonymous = ({ sessions, http }: Services): Partial<Services> => ({
  sessions: {
    ...sessions,
    require: (cookies) => sessions.require(cookies).catch(() => ({ ...NOBODY })),
  },
  http: {
    ...http,
    backend: (call, bearer) => http.backend(call, bearer === '' ? undefined : bearer),
  },
})
