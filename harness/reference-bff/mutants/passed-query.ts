import type { Parts } from '../services.ts'
import { wrappedRoute } from './change-answer.ts'
import { rebuilt } from './rebuild.ts'

/** The parts with a list that puts more into the query of its upstream calls, chosen from the browser's. */
export const passingQuery = (
  parts: Parts,
  chosen: (query: Readonly<Record<string, string>>) => Readonly<Record<string, string>>,
): Parts =>
  wrappedRoute(parts, 'list', (_, services) => (c) => {
    const { http } = services
    const more = chosen(c.req.query())
    return rebuilt(services, parts, {
      http: {
        ...http,
        backend: (call, bearer) =>
          http.backend(
            call.path.startsWith('/database/')
              ? { ...call, query: { ...call.query, ...more } }
              : call,
            bearer,
          ),
      },
    }).list(c)
  })
