import { buffer } from 'node:stream/consumers'
import { unavailable } from '../../failure.ts'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { exchanged, framingOf } from '../raw-upstream.ts'

export const rawSocketProxy = defineMutant({
  name: 'raw-socket-proxy',
  defect:
    "A create is written to a socket: the browser's own framing headers, then the body that was decoded.",
  kills: { 'PROXY-08': 'requests smuggled upstream by chunks within chunks' },
  apply: (parts) =>
    wrappedRoute(parts, 'create', (_, { sessions, settings }) => async (c) => {
      const { entry } = await sessions.require(c.req.header('cookie'))
      const url = new URL(settings.conduitUrl)
      const head = `POST /database/Post?scope=User:${entry.userId} HTTP/1.1\r\nHost: ${url.host}\r\nAuthorization: Bearer ${entry.tokens.accessToken}\r\n${framingOf(c)}\r\n`
      const { status, text } = await exchanged(url, head, await buffer(c.env.incoming))
      if (status !== 200) throw unavailable(502, 'backend_failed')
      return c.body(text.slice(0, text.lastIndexOf('}') + 1), 201, {
        'content-type': 'application/json',
      })
    }),
})
