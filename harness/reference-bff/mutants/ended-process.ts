import { onItsWay } from '../delivery.ts'
import type { Handler, Parts } from '../services.ts'
import { wrappedRoute, type RoutePart } from './change-answer.ts'

const ROUTES: readonly RoutePart[] = ['login', 'logout', 'me', 'list', 'create', 'preview']

/** The parts of a BFF whose process ends with the first error of a kind. Many share one process here, so it plays dead instead: every connection is dropped. */
export function endingOn(parts: Parts, isFatal: (error: unknown) => boolean): Parts {
  let isDead = false
  const mortal =
    (handler: Handler): Handler =>
    async (c) => {
      try {
        if (!isDead) return await handler(c)
      } catch (error) {
        if (!isFatal(error)) throw error
        isDead = true
      }
      c.env.outgoing.destroy()
      return onItsWay()
    }
  return ROUTES.reduce((each, route) => wrappedRoute(each, route, mortal), parts)
}
