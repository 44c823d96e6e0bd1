import { buffer } from 'node:stream/consumers'
import { unavailable } from '../../failure.ts'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { exchanged, framingOf } from '../raw-upstream.ts'

export const rawSocketUpload = defineMutant({
  name: 'raw-socket-upload',
  defect:
    "An upload that comes in chunks is written to the backend's socket: the browser's framing headers, then the body that was decoded.",
  kills: { 'PROXY-08': 'requests smuggled upstream by an upload with chunks within chunks' },
  apply: (parts) =>
    wrappedRoute(parts, 'upload', (handler, { sessions, settings }) => async (c) => {
      if (c.req.header('transfer-encoding') === undefined) return handler(c)
      const { entry } = await sessions.require(c.req.header('cookie'))
      const url = new URL(settings.conduitUrl)
      const head = `POST /storage/file HTTP/1.1\r\nHost: ${url.host}\r\nAuthorization: Bearer ${entry.tokens.accessToken}\r\n${framingOf(c)}\r\n`
      const { status } = await exchanged(url, head, await buffer(c.env.incoming))
      if (status !== 200) throw unavailable(502, 'backend_failed')
      return c.json({ stored: true }, 201)
    }),
})
