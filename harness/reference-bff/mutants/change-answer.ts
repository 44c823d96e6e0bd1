import type { BffContext, Handler, Parts, Services } from '../services.ts'

/** The routes that a mutant may change. */
export type RoutePart =
  | 'login'
  | 'logout'
  | 'me'
  | 'list'
  | 'create'
  | 'preview'
  | 'upload'
  | 'socialCallback'
  | 'page'
  | 'postsPage'
  | 'script'
  | 'unknownRoute'

/** Another answer in place of what a route answers when all goes well. */
export type Change = (
  answer: Response,
  about: { c: BffContext; services: Services },
) => Response | Promise<Response>

/** The parts with the answer of one route changed. */
export function changedAnswer(parts: Parts, route: RoutePart, change: Change): Parts {
  return wrappedRoute(
    parts,
    route,
    (handler, services) => async (c) => change(await handler(c), { c, services }),
  )
}

/** The parts with the handler of one route wrapped. */
export function wrappedRoute(
  parts: Parts,
  route: RoutePart,
  wrap: (handler: Handler, services: Services) => Handler,
): Parts {
  return { ...parts, [route]: (services: Services) => wrap(parts[route](services), services) }
}
