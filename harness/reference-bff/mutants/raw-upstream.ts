import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { BffContext } from '../services.ts'

const ANSWER_MS = 1000

/** Status and body of the first answer on a connection that a request was written to. */
export async function exchanged(
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

/** The browser's own framing, line by line. */
export const framingOf = (c: BffContext): string =>
  ['content-type', 'content-length', 'transfer-encoding']
    .flatMap((name) => {
      const value = c.req.header(name)
      return value === undefined ? [] : [`${name}: ${value}\r\n`]
    })
    .join('')
