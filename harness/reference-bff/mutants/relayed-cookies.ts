import type { Parts } from '../services.ts'
import { wrappedRoute, type RoutePart } from './change-answer.ts'
import { rebuilt } from './rebuild.ts'

/** The parts with a route that relays the cookies which the backend sets on its answers. */
export function relayingCookies(
  parts: Parts,
  route: RoutePart,
  change: (cookie: string) => string,
): Parts {
  return wrappedRoute(parts, route, (_, services) => async (c) => {
    const cookies: string[] = []
    const http = {
      ...services.http,
      async backend(...call: Parameters<typeof services.http.backend>) {
        const answer = await services.http.backend(...call)
        cookies.push(...[answer.headers['set-cookie'] ?? []].flat())
        return answer
      },
    }
    const answer = await rebuilt(services, parts, { http })[route](c)
    for (const cookie of cookies) answer.headers.append('set-cookie', change(cookie))
    return answer
  })
}
