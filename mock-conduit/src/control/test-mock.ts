import { connect } from 'node:net'
import { type RunningMock, startMockConduit } from '../index.ts'
import { testWorld } from '../test-world.ts'

/** A small world for tests of what surrounds the Client API. */
export const smallWorld = testWorld({
  name: 'small',
  schemas: [
    {
      name: 'Note',
      fields: { title: { type: 'String', required: true } },
      modelOptions: { conduit: { cms: { enabled: true } } },
    },
  ],
  users: [
    { _id: 'u-1', email: 'ann@example.com', password: 'secret-of-ann', isVerified: true },
    { _id: 'u-2', email: 'bob@example.com', password: 'secret-of-bob', isVerified: true },
  ],
  containers: [{ name: 'conduit', isPublic: false }],
  config: { storage: { active: true } },
})

export const LOGIN = 'POST /authentication/local'
export const WHO_AM_I = 'GET /authentication/user'

export function startSmallMock(): Promise<RunningMock> {
  return startMockConduit({ world: smallWorld })
}

/** Logs in over HTTP; resolves with the whole answer. */
export async function logIn(url: string, who: 'ann' | 'bob' = 'ann'): Promise<Response> {
  return fetch(`${url}/authentication/local`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: `${who}@example.com`, password: `secret-of-${who}` }),
  })
}

export async function accessToken(url: string, who: 'ann' | 'bob' = 'ann'): Promise<string> {
  const body: unknown = await (await logIn(url, who)).json()
  if (typeof body === 'object' && body !== null && 'accessToken' in body)
    return String(body.accessToken)
  throw new Error(`No token in ${JSON.stringify(body)}`)
}

export interface RawAnswer {
  head: string
  body: string
  /** How the server ended the connection. */
  end: 'fin' | 'reset'
}

/** Sends `GET path` over a bare socket with Connection: close and reads until the server ends the connection. */
export function rawGet(url: string, path: string, token?: string): Promise<RawAnswer> {
  const { port, hostname } = new URL(url)
  const auth = token === undefined ? '' : `Authorization: Bearer ${token}\r\n`
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const done = (end: RawAnswer['end']) => {
      const [head = '', ...rest] = Buffer.concat(chunks).toString('latin1').split('\r\n\r\n')
      resolve({ head, body: rest.join('\r\n\r\n'), end })
    }
    const socket = connect(Number(port), hostname)
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', () => {
      done('reset')
    })
    socket.on('end', () => {
      done('fin')
    })
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n${auth}Connection: close\r\n\r\n`)
  })
}

/** Bytes of an answer as they arrive. */
export function bytesOf(answer: Response): ReadableStreamDefaultReader<Uint8Array> {
  const body: ReadableStream<Uint8Array> | null = answer.body
  if (!body) throw new Error('The answer has no body.')
  return body.getReader()
}
