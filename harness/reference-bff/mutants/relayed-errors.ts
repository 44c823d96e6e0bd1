import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { BackendAnswer } from '../conduit-http.ts'
import { BffFailure } from '../failure.ts'
import type { BffContext, Parts } from '../services.ts'
import { wrappedRoute } from './change-answer.ts'
import { rebuilt } from './rebuild.ts'

/** The parts in which the body of a failing list, where it is meant, is whatever the backend answered. */
export const relayingErrors = (parts: Parts, isMeant: (c: BffContext) => boolean): Parts =>
  wrappedRoute(parts, 'list', (handler, services) => async (c) => {
    if (!isMeant(c)) return handler(c)
    let last: BackendAnswer | undefined
    const http = {
      ...services.http,
      backend: async (...call: Parameters<typeof services.http.backend>) =>
        (last = await services.http.backend(...call)),
    }
    try {
      return await rebuilt(services, parts, { http }).list(c)
    } catch (error) {
      if (!(error instanceof BffFailure) || error.status < 500 || !last) throw error
      return c.body(last.text, error.status as ContentfulStatusCode)
    }
  })
