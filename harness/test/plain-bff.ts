import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'

interface Tokens {
  accessToken: string
  refreshToken: string
}

interface Session {
  tokens: Tokens
  renewing?: Promise<Tokens> | undefined
  last?: Promise<unknown>
}

class Refused extends Error {
  readonly status: number
  constructor(status: number) {
    super(`refused with ${status}`)
    this.status = status
  }
}

/**
 * A sound BFF on bare node:http, one instance, sessions in memory: what the harness's own tests are run against. `env` makes it sound in another way:
 * LOGIN (303, 204), CSRF (header, cookie, token), REFRESH=before (renews by `exp` first), QUEUE=1 (one call of a session at a time), ROLL=1 (the cookie is set again on each answer),
 * ASK=1 (the login asks the backend who has signed in). One way is unsound: CSRF=equal compares cookie and header also when both are missing.
 */
export async function start(
  env: Record<string, string>,
): Promise<{ url: string; stop(): Promise<void> }> {
  const backend = env['CONDUIT_URL'] ?? ''
  const sessions = new Map<string, Session>()

  async function renew(id: string, session: Session): Promise<Tokens> {
    const answer = await fetch(`${backend}/authentication/renew`, {
      method: 'POST',
      headers: { authorization: `Bearer ${session.tokens.refreshToken}` },
      signal: AbortSignal.timeout(3000),
    }).catch(() => {
      throw new Refused(503)
    })
    if ([400, 401, 403].includes(answer.status)) {
      sessions.delete(id)
      throw new Refused(401)
    }
    if (!answer.ok) throw new Refused(503)
    const { accessToken, refreshToken } = await pairIn(answer)
    if (!accessToken || !refreshToken) throw new Refused(502)
    session.tokens = { accessToken, refreshToken }
    return session.tokens
  }

  async function renewShared(id: string, session: Session): Promise<void> {
    session.renewing ??= renew(id, session).finally(() => {
      session.renewing = undefined
    })
    await session.renewing
  }

  /** With QUEUE=1 the calls of one session wait for each other. */
  async function conduit(id: string, path: string, init: RequestInit = {}): Promise<Response> {
    const session = sessions.get(id)
    if (!session || env['QUEUE'] === undefined) return call(id, path, init)
    const turn = (session.last ?? Promise.resolve()).then(() => call(id, path, init))
    session.last = turn.catch(() => undefined)
    return turn
  }

  async function call(id: string, path: string, init: RequestInit): Promise<Response> {
    const session = sessions.get(id)
    if (!session) throw new Refused(401)
    const send = (token: string) =>
      fetch(`${backend}${path}`, {
        ...init,
        redirect: 'error',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(4000),
      })
    if (env['REFRESH'] === 'before' && expiresSoon(session.tokens.accessToken))
      await renewShared(id, session)
    const used = session.tokens.accessToken
    const first = await send(used)
    if (first.status !== 401) return first
    await first.body?.cancel()
    if (session.tokens.accessToken === used) await renewShared(id, session)
    const again = await send(session.tokens.accessToken)
    if (again.status === 401) throw new Refused(401)
    return again
  }

  async function whoIs({ accessToken }: Tokens): Promise<void> {
    const user = await fetch(`${backend}/authentication/user`, {
      headers: { authorization: `Bearer ${accessToken}` },
    })
    if (!user.ok) throw new Refused(502)
  }

  const cookieOf = (sid: string) => `__Host-sid=${sid}; Path=/; HttpOnly; Secure; SameSite=Lax`
  const proofOf = (id: string) => createHmac('sha256', 'key').update(id).digest('hex')

  function hasProof(request: IncomingMessage, id: string): boolean {
    const proof = request.headers['x-csrf']
    const cookie = /(?:^|; )xsrf=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1]
    if (env['CSRF'] === 'header') return proof === '1'
    if (request.method === 'GET' || env['CSRF'] === undefined) return true
    if (env['CSRF'] === 'equal') return proof === cookie
    return env['CSRF'] === 'cookie'
      ? cookie !== undefined && proof === cookie
      : proof === proofOf(id)
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://bff')
    const id = /(?:^|; )__Host-sid=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''
    const body = await textOf(request)
    if (request.method !== 'GET' && request.headers.origin !== env['APP_ORIGIN'])
      throw new Refused(403)
    if (url.pathname === '/') {
      if (env['CSRF'] === 'cookie' || env['CSRF'] === 'equal')
        response.setHeader('set-cookie', `xsrf=${randomUUID()}; Path=/; Secure; SameSite=Lax`)
      json(response, 200, {})
      return
    }
    if (url.pathname === '/api/csrf') {
      json(response, 200, { data: { token: proofOf(id) } })
      return
    }
    if (!hasProof(request, id)) throw new Refused(403)
    if (env['ROLL'] !== undefined && sessions.has(id))
      response.setHeader('set-cookie', cookieOf(id))
    if (request.method === 'POST' && url.pathname === '/api/login') {
      const answer = await fetch(`${backend}/authentication/local`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        redirect: 'error',
        body,
      })
      if (!answer.ok) throw new Refused(answer.status === 401 ? 401 : 502)
      const tokens = (await answer.json()) as Tokens
      if (env['ASK'] !== undefined) await whoIs(tokens)
      const sid = randomUUID()
      sessions.delete(id)
      sessions.set(sid, { tokens })
      response.setHeader('set-cookie', cookieOf(sid))
      if (env['LOGIN'] === undefined) json(response, 200, { ok: true })
      else
        response
          .writeHead(Number(env['LOGIN']), env['LOGIN'] === '303' ? { location: '/' } : {})
          .end()
      return
    }
    if (request.method === 'POST' && url.pathname === '/api/logout') {
      const session = sessions.get(id)
      sessions.delete(id)
      response.setHeader('set-cookie', '__Host-sid=; Path=/; Secure; Max-Age=0')
      response.setHeader('clear-site-data', '"cache", "storage"')
      if (session)
        await fetch(`${backend}/authentication/logout`, {
          method: 'POST',
          headers: { authorization: `Bearer ${session.tokens.accessToken}` },
          signal: AbortSignal.timeout(2000),
        }).catch(() => undefined)
      json(response, 200, { ok: true })
      return
    }
    if (request.method === 'POST' && url.pathname === '/api/posts' && !hasTitle(body))
      throw new Refused(400)
    if (['GET', 'POST'].includes(request.method ?? '') && url.pathname === '/api/posts')
      return relay(
        response,
        await conduit(
          id,
          env['LIST_PATH'] ?? '/database/Post',
          request.method === 'POST' ? { method: 'POST', body } : {},
        ),
      )
    const file = /^\/api\/files\/([\w-]+)\/preview$/.exec(url.pathname)?.[1]
    if (request.method === 'GET' && file !== undefined) return preview(response, id, file)
    throw new Refused(404)
  }

  async function relay(response: ServerResponse, answer: Response): Promise<void> {
    const value: unknown = answer.ok ? await answer.json() : undefined
    json(
      response,
      answer.status >= 500 ? 502 : answer.status,
      answer.ok ? value : { error: 'refused' },
    )
  }

  async function preview(response: ServerResponse, id: string, file: string): Promise<void> {
    const gone = new AbortController()
    response.on('close', () => {
      gone.abort()
    })
    const resolved = await conduit(id, `/storage/getFileUrl/${file}`)
    if (!resolved.ok)
      throw new Refused((await resolved.text()).includes('does not exist') ? 404 : 502)
    const { result } = (await resolved.json()) as { result: string }
    if (new URL(result).origin !== new URL(env['STORAGE_URL'] ?? '').origin) throw new Refused(502)
    const late = setTimeout(() => {
      gone.abort()
    }, 4000)
    const bytes = await fetch(result, { redirect: 'manual', signal: gone.signal })
    clearTimeout(late)
    if (!bytes.ok || !bytes.body) throw new Refused(502)
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'cache-control': 'private, no-store',
    })
    response.flushHeaders()
    await pipeline(pieces(bytes.body, gone), response).catch(() => response.destroy())
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else json(response, error instanceof Refused ? error.status : 502, { error: 'failed' })
    })
  })
  await new Promise<void>((resolve) =>
    server.listen(Number(env['PORT'] ?? 0), '127.0.0.1', resolve),
  )
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

const pairIn = async (answer: Response): Promise<Partial<Tokens>> =>
  (await answer.json().catch(() => undefined)) ?? {}

async function* pieces(body: ReadableStream<Uint8Array>, gone: AbortController) {
  const reader = body.getReader()
  for (;;) {
    const timer = setTimeout(() => {
      gone.abort()
    }, 4000)
    const { done, value } = await reader.read().finally(() => {
      clearTimeout(timer)
    })
    if (done) return
    yield value
  }
}

function expiresSoon(token: string): boolean {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    exp: number
  }
  return claims.exp * 1000 < Date.now() + 30_000
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(value))
}

function hasTitle(body: string): boolean {
  try {
    const { title } = JSON.parse(body) as { title?: unknown }
    return typeof title === 'string'
  } catch {
    return false
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length
    if (bytes > 1_000_000) throw new Refused(413)
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}
