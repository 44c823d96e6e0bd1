import { Agent, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { type Outgoing, outgoing } from './outgoing.ts'
import type { RecordedRequest } from './recording.ts'
import type { Variables } from './variables.ts'

/** What came back, as sent; status 0 when the connection failed. */
export interface RawAnswer {
  status: number
  reason: string
  rawHeaders: [name: string, value: string][]
  body: Buffer
}

const agent = new Agent({ keepAlive: false, maxSockets: Infinity })

/** Longer than any answer takes, the backend's own time-outs (60 s) included. */
const TIMEOUT_MS = 90_000

/** Sends a recorded request over a real socket, its path untouched. A failed connection is an answer with status 0. */
export function send(
  recorded: RecordedRequest,
  variables: Variables,
  base: string,
): Promise<RawAnswer> {
  const request = outgoing(recorded, variables, base)
  return /^[A-Z-]+$/.test(request.method) ? sendHttp(request) : sendRaw(request)
}

function sendHttp({ method, host, port, target, headers, body }: Outgoing): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const failed = (error: Error) => {
      resolve({ status: 0, reason: error.message, rawHeaders: [], body: Buffer.alloc(0) })
    }
    const request = httpRequest(
      {
        method,
        host,
        port,
        path: escaped(target),
        headers,
        agent,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', failed)
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            reason: response.statusMessage ?? '',
            rawHeaders: pairs(response.rawHeaders),
            body: Buffer.concat(chunks),
          })
        })
      },
    )
    request.on('error', failed)
    request.end(body)
  })
}

/** Blanks and control characters cannot stand in a request line; everything else goes as written. */
function escaped(target: string): string {
  return target.replace(/[^\x21-\x7e]/g, (char) => encodeURIComponent(char))
}

function pairs(raw: string[]): [string, string][] {
  return Array.from({ length: raw.length / 2 }, (_, at) => [
    raw[at * 2] ?? '',
    raw[at * 2 + 1] ?? '',
  ])
}

/** For methods that node's client refuses to send. */
function sendRaw({ method, host, port, target, headers, body }: Outgoing): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const done = () => {
      resolve(parsed(Buffer.concat(chunks)))
    }
    const lines = Object.entries({ Host: `${host}:${port}`, ...headers, Connection: 'close' })
    const head = [`${method} ${escaped(target)} HTTP/1.1`, ...lines.map((each) => each.join(': '))]
    const socket = connect(port, host, () => {
      socket.write(`${head.join('\r\n')}\r\n\r\n`)
      if (body) socket.write(body)
    })
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('timed out')))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', done)
    socket.on('end', done)
  })
}

function parsed(bytes: Buffer): RawAnswer {
  const end = bytes.indexOf('\r\n\r\n')
  const [line = '', ...lines] = bytes.toString('latin1', 0, Math.max(end, 0)).split('\r\n')
  const [, status, reason] = /^HTTP\/1\.1 (\d+) ?(.*)$/.exec(line) ?? []
  return {
    status: Number(status ?? 0),
    reason: reason ?? 'no answer',
    rawHeaders: lines.map((each) => [
      each.slice(0, each.indexOf(':')),
      each.slice(each.indexOf(':') + 1).trim(),
    ]),
    body: bytes.subarray(end + 4),
  }
}
