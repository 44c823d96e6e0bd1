import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Redis } from 'ioredis'
import { Conduit, pairIn, type Answer } from './conduit.ts'
import { sendPreview } from './preview.ts'
import { Refusal, signedOut } from './refusal.ts'
import { Sessions } from './sessions.ts'

const COOKIE = '__Host-sid'
const FLAGS = 'Path=/; Secure; HttpOnly; SameSite=Strict'
const PAGE_SIZE = 20
const MOST_BYTES = 100_000

type Env = Readonly<Record<string, string | undefined>>

interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  url: URL
}

/** Starts a BFF on node:http: sign in, posts, previews, sign out. */
export async function start(env: Env): Promise<{ url: string; stop(): Promise<void> }> {
  const redis = new Redis(needed(env, 'REDIS_URL'), {
    commandTimeout: 2000,
    connectTimeout: 2000,
    maxRetriesPerRequest: 1,
  })
  redis.on('error', () => undefined) // each command reports its own failure
  const sessions = new Sessions(redis, needed(env, 'SECRET'))
  const conduit = new Conduit(needed(env, 'CONDUIT_URL'), sessions)
  const origin = needed(env, 'ORIGIN')
  const storage = new URL(needed(env, 'STORAGE_ORIGIN')).origin
  const server = createServer((request, response) => {
    void handle({ sessions, conduit, origin, storage }, request, response)
  })
  await new Promise<void>((resolve) =>
    server.listen(Number(env['PORT'] ?? 0), '127.0.0.1', resolve),
  )
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      await conduit.settled()
      redis.disconnect()
    },
  }
}

function needed(env: Env, name: string): string {
  const value = env[name]
  if (!value) throw new Error(`${name} is missing.`)
  return value
}

interface Bff {
  sessions: Sessions
  conduit: Conduit
  origin: string
  /** Where files are fetched from, and nowhere else. */
  storage: string
}

async function handle(bff: Bff, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader('cache-control', 'no-store')
  response.setHeader('x-content-type-options', 'nosniff')
  try {
    const url = new URL(`http://bff${request.url ?? '/'}`)
    const [, root = '', id] = url.pathname.split('/')
    const route = routes[`${request.method ?? ''} /${root}`]
    if (!route) throw new Refusal(404, 'no such route')
    // Another site can send our cookie, but not our origin.
    if (request.method !== 'GET' && request.headers.origin !== bff.origin)
      throw new Refusal(403, 'not from here')
    await route(bff, { request, response, url }, id ?? '')
  } catch (error) {
    refuse(error, response)
  }
}

function refuse(error: unknown, response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const { status, message, over } =
    error instanceof Refusal ? error : new Refusal(500, 'this did not work')
  if (over) response.setHeader('set-cookie', `${COOKIE}=; Max-Age=0; ${FLAGS}`)
  json(response, status, { error: message })
}

const routes: Readonly<
  Record<string, (bff: Bff, exchange: Exchange, id: string) => Promise<void>>
> = {
  'GET /': async (_, { response }) => {
    json(response, 200, { name: 'posts' })
  },
  'POST /sign-in': async ({ sessions, conduit }, { request, response }) => {
    const { email, password } = await bodyOf(request)
    const answer = await conduit.send('/authentication/local', undefined, {
      method: 'POST',
      body: JSON.stringify({ email, password }),
    })
    const pair = answer.status === 200 ? pairIn(answer.data) : undefined
    if (!pair) throw new Refusal(answer.status < 500 ? 401 : 502, 'not signed in')
    const id = await sessions.open(pair.access, pair.refresh)
    const before = sessionOf(request)
    if (before !== undefined) await sessions.end(before)
    response.setHeader('set-cookie', `${COOKIE}=${id}; ${FLAGS}`)
    json(response, 200, { signedIn: true })
  },
  'POST /sign-out': async ({ sessions, conduit }, { request, response }) => {
    const id = sessionOf(request)
    const tokens = id === undefined ? undefined : await sessions.read(id)
    if (id !== undefined) await sessions.end(id)
    if (tokens)
      await conduit
        .send('/authentication/logout', tokens.access, { method: 'POST' }, 2000)
        .catch(() => undefined)
    response.setHeader('set-cookie', `${COOKIE}=; Max-Age=0; ${FLAGS}`)
    json(response, 200, { signedIn: false })
  },
  'GET /posts': async ({ conduit }, { request, response, url }) => {
    const id = mustSession(request)
    const page = Number(url.searchParams.get('page') ?? 1)
    if (!Number.isInteger(page) || page < 1) throw new Refusal(400, 'page: 1 or more')
    const query = new URLSearchParams({
      skip: String((page - 1) * PAGE_SIZE),
      limit: String(PAGE_SIZE),
    })
    const term = url.searchParams.get('search')
    if (term) query.set('term', term)
    const path = term ? '/database/function/SearchPosts' : '/database/Post'
    passOn(response, await conduit.call(id, `${path}?${query.toString()}`))
  },
  'POST /posts': async ({ conduit }, { request, response }) => {
    const id = mustSession(request)
    const { title, body } = await bodyOf(request)
    if (typeof title !== 'string' || title === '') throw new Refusal(400, 'title: is required')
    const post = JSON.stringify({ title, body })
    passOn(response, await conduit.call(id, '/database/Post', { method: 'POST', body: post }), 201)
  },
  'GET /previews': async (bff, { request, response }, file) => {
    const session = mustSession(request)
    await sendPreview(bff, { session, file }, { request, response })
  },
}

function sessionOf({ headers }: IncomingMessage): string | undefined {
  const pairs = (headers.cookie ?? '').split('; ')
  return pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1)
}

function mustSession(request: IncomingMessage): string {
  const id = sessionOf(request)
  if (!id) throw signedOut()
  return id
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  if (request.headers['content-type'] !== 'application/json') throw new Refusal(415, 'JSON only')
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) {
    text += String(chunk)
    if (text.length > MOST_BYTES) throw new Refusal(413, 'too long')
  }
  try {
    return { ...(JSON.parse(text) as object) }
  } catch {
    throw new Refusal(400, 'not JSON')
  }
}

/** Documents as they are, for all may be seen; of a failure the status alone, in our words. */
function passOn(response: ServerResponse, { status, data }: Answer, success = 200): void {
  if (status === 200 && typeof data === 'object') json(response, success, data)
  else throw new Refusal(status >= 400 && status < 500 ? status : 502, 'refused')
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}
