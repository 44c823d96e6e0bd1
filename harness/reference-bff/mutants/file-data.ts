import type { BffContext, Parts } from '../services.ts'
import { wrappedRoute } from './change-answer.ts'

/** The parts with previews that `isMeant` names read whole, through the API. */
export function previewByFileData(parts: Parts, isMeant: (c: BffContext) => boolean): Parts {
  return wrappedRoute(parts, 'preview', (handler, services) => async (c) => {
    const id = c.req.param('id') ?? ''
    if (!isMeant(c) || !/^[\w-]+$/.test(id)) return handler(c)
    const session = await services.sessions.require(c.req.header('cookie'))
    const answer = (await services.conduit.json(session, {
      method: 'GET',
      path: `/storage/file/data/${id}`,
    })) as { data: string }
    return c.body(new Uint8Array(Buffer.from(answer.data, 'base64')), 200, {
      'content-type': 'application/octet-stream',
    })
  })
}
