import { once } from 'node:events'
import { connect } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const bodyOfReadIsNextRequest = defineMutant({
  name: 'body-of-read-is-next-request',
  defect:
    'The body of a GET is not taken off the connection, so that it is served as the next request.',
  kills: {
    'PROXY-08': 'requests smuggled upstream by list with a body that looks like a request',
  },
  apply: (parts) =>
    wrappedRoute(parts, 'list', (handler) => async (c) => {
      const left = await buffer(c.env.incoming)
      const answer = await handler(c)
      if (left.length > 0) {
        // What a parser that knows no bodies of reads would do with the same bytes.
        const socket = connect(c.env.incoming.socket.localPort ?? 0, '127.0.0.1')
        socket.on('error', () => undefined)
        socket.write(left)
        await once(socket, 'data')
        socket.destroy()
      }
      return answer
    }),
})
