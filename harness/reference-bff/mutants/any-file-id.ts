import { unavailable } from '../failure.ts'
import type { Handler, Services } from '../services.ts'

/** A preview for whatever stands in the path; `pathFor` makes the upstream path and query of it. */
export function previewWithAnyId(services: Services, pathFor: (id: string) => URL): Handler {
  return async (c) => {
    const session = await services.sessions.require(c.req.header('cookie'))
    const { pathname, searchParams } = pathFor(c.req.param('id') ?? '')
    const resolved = await services.conduit.json(session, {
      method: 'GET',
      path: pathname,
      query: Object.fromEntries(searchParams),
    })
    const url = (resolved as { result?: string }).result
    if (url === undefined) throw unavailable(502, 'backend_answer_invalid')
    const { signal } = c.req.raw
    const answer = await services.storage.open(url, {
      range: undefined,
      ifRange: undefined,
      signal,
    })
    return services.deliver(c, answer, {
      headers: services.previewHeaders(answer, false),
      decode: undefined,
    })
  }
}
