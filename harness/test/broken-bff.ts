import {
  createServer,
  request as send,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http'
import { start as startPlain } from './plain-bff.ts'
import { servedBefore } from './served-before.ts'

interface Answer {
  status: number
  headers?: OutgoingHttpHeaders
  body?: string
}

interface Fault {
  /** Answers in place of the sound BFF. */
  answers?: (request: IncomingMessage) => Answer | undefined
  /** Changes the headers of the sound BFF's answers. */
  headers?: (headers: OutgoingHttpHeaders) => OutgoingHttpHeaders
  /** Changes the bodies of its lists. */
  list?: (body: string) => string
  /** Changes what the sound BFF is started with. */
  env?: Record<string, string>
}

const at = (path: string, answer: Answer): Fault => ({
  answers: ({ url = '' }) => (url.split('?')[0] === path ? answer : undefined),
})
const login = (status: number, body = `{"error":"login ${status}"}`, headers = {}): Fault =>
  at('/api/login', { status, body, headers })
const html = { 'content-type': 'text/html' }

/** Ways to be set up wrongly, by the value of FAULT. */
const FAULTS: Record<string, Fault> = {
  'login-404': login(404),
  'login-405': login(405, '{}', { allow: 'PUT' }),
  'login-415': login(415),
  'login-422': login(422, '{"errors":[{"path":"username","message":"Required"}]}'),
  'login-429': login(429),
  'login-500': login(500),
  'login-page': login(200, '<!doctype html><title>Sign in</title>', html),
  'login-loop': login(302, '', { location: '/api/login' }),
  'no-cookie': { headers: ({ 'set-cookie': _, ...rest }) => rest },
  'refused-cookie': {
    headers: (headers) =>
      headers['set-cookie'] ? { ...headers, 'set-cookie': '__Host-sid=1; Path=/api' } : headers,
  },
  'dead-backend': { env: { CONDUIT_URL: 'http://127.0.0.1:9' } },
  'own-backend': login(401),
  'list-page': at('/api/posts', { status: 200, headers: html, body: '<!doctype html>' }),
  'list-away': at('/api/posts', { status: 302, headers: { location: '/login' } }),
  'list-elsewhere': {
    list: (body) => JSON.stringify({ data: { rows: JSON.parse(body) as unknown } }),
  },
  'storage-list': { env: { STORAGE_URL: 'http://127.0.0.1:9' } },
  'logout-get': at('/api/logout', { status: 405, headers: { allow: 'GET' } }),
  'csrf-cookie': { env: { CSRF: 'cookie' } },
}

/** The sound BFF beside this file behind one that breaks it in the way that FAULT names. */
export async function start(
  env: Record<string, string>,
): Promise<{ url: string; stop(): Promise<void> }> {
  const fault = FAULTS[env['FAULT'] ?? ''] ?? {}
  const plain = await startPlain({ ...env, ...fault.env, PORT: '0' })
  const server = createServer((request, response) => {
    const answer = fault.answers?.(request)
    if (answer) {
      request.resume()
      response.writeHead(answer.status, answer.headers).end(answer.body)
      return
    }
    const { method, headers, url = '/' } = request
    const onward = send(plain.url + url, { method, headers }, (came) => {
      const chunks: Buffer[] = []
      came.on('data', (chunk: Buffer) => chunks.push(chunk))
      came.on('end', () => {
        const body = Buffer.concat(chunks)
        const changed = fault.list && url.startsWith('/api/posts') && method === 'GET'
        response
          .writeHead(came.statusCode ?? 502, fault.headers?.(came.headers) ?? came.headers)
          .end(changed ? fault.list?.(body.toString('utf8')) : body)
      })
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  return servedBefore(server, plain)
}
