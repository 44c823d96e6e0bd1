import type { Parts } from '../services.ts'
import { wrappedRoute, type RoutePart } from './change-answer.ts'
import { rebuilt } from './rebuild.ts'

/** The parts with a route that passes on those headers of the backend's answers which `isMeant` names. */
export const relayingBackendHeaders = (
  parts: Parts,
  route: RoutePart,
  isMeant: (name: string) => boolean,
): Parts =>
  wrappedRoute(parts, route, (_, services) => async (c) => {
    const { http } = services
    const relayed: [string, string][] = []
    const answer = await rebuilt(services, parts, {
      http: {
        ...http,
        async backend(call, bearer) {
          const got = await http.backend(call, bearer)
          for (const [name, value] of Object.entries(got.headers))
            if (isMeant(name) && value !== undefined) relayed.push([name, String(value)])
          return got
        },
      },
    })[route](c)
    for (const [name, value] of relayed) answer.headers.set(name, value)
    return answer
  })
