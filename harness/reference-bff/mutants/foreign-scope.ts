import type { BffContext, Parts } from '../services.ts'
import { wrappedRoute } from './change-answer.ts'
import { rebuilt } from './rebuild.ts'
import { isCreate } from './upstream-calls.ts'

/** The parts with creates in the scope that is found in the request, once it has been read; empty: none at all; undefined: the session's own. */
export const changedScope = (
  parts: Parts,
  finder: (c: BffContext) => () => string | undefined,
): Parts =>
  wrappedRoute(parts, 'create', (_, services) => async (c) => {
    const wanted = finder(c)
    const { http } = services
    return rebuilt(services, parts, {
      http: {
        ...http,
        backend(call, bearer) {
          const scope = isCreate(call) ? wanted() : undefined
          if (scope === undefined) return http.backend(call, bearer)
          return http.backend({ ...call, query: scope === '' ? {} : { scope } }, bearer)
        },
      },
    }).create(c)
  })
