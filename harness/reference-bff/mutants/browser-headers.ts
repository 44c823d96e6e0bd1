import { request } from 'undici'
import type { BffContext, Parts } from '../services.ts'
import type { RoutePart } from './change-answer.ts'
import { wrappedRoute } from './change-answer.ts'
import { rebuilt } from './rebuild.ts'

/** The parts with a route whose upstream calls carry headers taken from the browser's request. */
export function passingHeaders(
  parts: Parts,
  route: RoutePart,
  headersOf: (c: BffContext) => Record<string, string>,
): Parts {
  return wrappedRoute(parts, route, (_, services) => async (c) => {
    const { http, settings } = services
    return rebuilt(services, parts, {
      http: {
        ...http,
        async backend({ method, path, query, json }, bearer) {
          const answer = await request(`${settings.conduitUrl}${path}`, {
            method,
            query: query ?? {},
            body: json === undefined ? null : JSON.stringify(json),
            headers: {
              ...headersOf(c),
              'cache-control': 'no-cache',
              ...(json === undefined ? {} : { 'content-type': 'application/json' }),
              ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
            },
          })
          return {
            status: answer.statusCode,
            text: await answer.body.text(),
            headers: answer.headers,
          }
        },
      },
    })[route](c)
  })
}
