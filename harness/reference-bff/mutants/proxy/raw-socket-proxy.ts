import { connect } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { unavailable } from '../../failure.ts'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

const ANSWER_MS = 1000

/** Status and body of the first answer on a connection that a request was written to. */
async function exchanged(
  url: URL,
  head: string,
  body: Buffer,
): Promise<{ status: number; text: string }> {
  const socket = connect({ host: url.hostname, port: Number(url.port) })
  let received = ''
  socket.on('data', (chunk: Buffer) => (received += chunk.toString('utf8')))
  socket.on('error', () => undefined)
  socket.write(head)
  socket.write(body)
  for (let waited = 0; waited < ANSWER_MS && !received.includes('}'); waited += 10) await pause(10)
  socket.destroy()
  const [, status] = /^HTTP\/1\.1 (\d+)/.exec(received) ?? []
  return { status: Number(status ?? 0), text: received.slice(received.indexOf('{')) }
}

export const rawSocketProxy = defineMutant({
  name: 'raw-socket-proxy',
  defect:
    "A create is written to a socket: the browser's own framing headers, then the body that was decoded.",
  kills: { 'PROXY-08': 'requests smuggled upstream by chunks within chunks' },
  apply: (parts) =>
    wrappedRoute(parts, 'create', (_, { sessions, settings }) => async (c) => {
      const { entry } = await sessions.require(c.req.header('cookie'))
      const url = new URL(settings.conduitUrl)
      const copied = ['content-type', 'content-length', 'transfer-encoding'].flatMap((name) => {
        const value = c.req.header(name)
        return value === undefined ? [] : [`${name}: ${value}\r\n`]
      })
      const head = `POST /database/Post?scope=User:${entry.userId} HTTP/1.1\r\nHost: ${url.host}\r\nAuthorization: Bearer ${entry.tokens.accessToken}\r\n${copied.join('')}\r\n`
      const { status, text } = await exchanged(url, head, await buffer(c.env.incoming))
      if (status !== 200) throw unavailable(502, 'backend_failed')
      return c.body(text.slice(0, text.lastIndexOf('}') + 1), 201, {
        'content-type': 'application/json',
      })
    }),
})
