import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfRequest } from '../session-entry.ts'

export const crlfHeader = defineMutant({
  name: 'crlf-header',
  defect: 'A search is written to the backend by hand, with the term in it as it came.',
  kills: { 'PROXY-09': /^upstream headers injected through query q/ },
  apply: (parts) =>
    wrappedRoute(parts, 'list', (handler, services) => async (c) => {
      const term = c.req.query('q')
      if (term === undefined) return handler(c)
      const { tokens } = await entryOfRequest(c, services)
      const { hostname, port } = new URL(services.settings.conduitUrl)
      const socket = connect(Number(port), hostname)
      socket.write(
        `GET /database/function/SearchPosts?skip=0&limit=20&term=${term} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${tokens.accessToken}\r\nConnection: close\r\n\r\n`,
      )
      await text(socket).catch(() => '')
      return handler(c)
    }),
})
