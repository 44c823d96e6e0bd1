import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { ask } from './backend.ts'
import { demandProof, farewell, handOutProof, newVisit, visitOf, welcome } from './browser-side.ts'
import { parsed, readFeed, writePost } from './feed.ts'
import { FreshTokens, pageFrom } from './fresh-tokens.ts'
import { sendPicture } from './picture.ts'
import { Problem, signedOut } from './problem.ts'
import { settingsFrom, type Settings } from './settings.ts'
import { TokenBook } from './token-book.ts'

interface Bff {
  settings: Settings
  book: TokenBook
  tokens: FreshTokens
}

interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  url: URL
}

type Route = (bff: Bff, exchange: Exchange) => Promise<void>

const MOST_BYTES = 256 * 1024
const credentialsSchema = z.object({ user: z.string(), pass: z.string() })

/** Starts a BFF on bare node:http which renews tokens before they run out. */
export async function start(
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ url: string; stop(): Promise<void> }> {
  const settings = settingsFrom(env)
  const book = new TokenBook(settings)
  const bff: Bff = { settings, book, tokens: new FreshTokens(settings, book) }
  const server = createServer((request, response) => {
    void handle(bff, request, response)
  })
  await new Promise<void>((resolve) => server.listen(settings.port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      await bff.tokens.settled()
      book.close()
    },
  }
}

async function handle(bff: Bff, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader('cache-control', 'no-store')
  response.setHeader('x-content-type-options', 'nosniff')
  try {
    const url = new URL(`http://bff${request.url ?? '/'}`)
    const route = routes[`${request.method ?? ''} ${url.pathname}`] ?? pictureRoute(request, url)
    if (request.method !== 'GET' && request.method !== 'HEAD') demandProof(request)
    await route(bff, { request, response, url })
  } catch (error) {
    refuse(error, request, response)
  }
}

const pictureRoute = ({ method }: IncomingMessage, url: URL): Route => {
  const id = /^\/pictures\/([^/]+)$/.exec(url.pathname)?.[1]
  if (method !== 'GET' || id === undefined) throw new Problem(404, 'no-such-route')
  return async (bff, { request, response }) =>
    sendPicture(bff, { visit: mustVisit(request), id, response })
}

function refuse(error: unknown, request: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const status = error instanceof Problem ? error.status : 500
  if (status === 401 && visitOf(request) !== undefined && isOver(error)) farewell(response)
  const problem = error instanceof Problem ? error.message : 'broken'
  send(response, status, { problem })
}

const isOver = (error: unknown) => error instanceof Problem && error.message === 'signed-out'

/** No script, no frame, no window of another site. */
const PAGE_HEADERS = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'strict-transport-security': 'max-age=31536000',
}

const routes: Readonly<Record<string, Route>> = {
  'GET /': async (_, { request, response }) => {
    handOutProof(request, response)
    response
      .writeHead(200, { ...PAGE_HEADERS, 'content-type': 'text/html' })
      .end('<!doctype html><title>Feed')
  },
  'POST /enter': async ({ settings, book }, { request, response }) => {
    const credentials = credentialsSchema.safeParse(parsed(await textOf(request)))
    if (!credentials.success) throw new Problem(400, 'user-and-pass-needed')
    const { user, pass } = credentials.data
    const answer = await ask(settings, '/authentication/local', {
      method: 'POST',
      body: JSON.stringify({ email: user, password: pass }),
    })
    if (answer.status !== 200) throw new Problem(answer.status < 500 ? 401 : 502, 'not-let-in')
    const visit = newVisit()
    await book.open(visit, pageFrom(answer.text, 1))
    const before = visitOf(request)
    if (before !== undefined) await book.tearOut(before)
    welcome(response, visit)
    response.writeHead(303, { location: '/' }).end()
  },
  'POST /leave': async ({ settings, book }, { request, response }) => {
    const visit = visitOf(request)
    const reading = visit === undefined ? undefined : await book.read(visit)
    if (visit !== undefined) await book.tearOut(visit)
    if (reading)
      await ask(settings, '/authentication/logout', {
        method: 'POST',
        token: reading.page.access,
        patienceMs: 2000,
      }).catch(() => undefined)
    farewell(response)
    response.writeHead(303, { location: '/' }).end()
  },
  'GET /feed': async ({ tokens }, { request, response, url }) => {
    send(response, 200, await readFeed(tokens, mustVisit(request), url.searchParams))
  },
  'POST /feed': async ({ tokens }, { request, response }) => {
    const visit = mustVisit(request)
    const id = await writePost(tokens, visit, await textOf(request))
    response.writeHead(303, { location: `/feed#${id}` }).end()
  },
}

function mustVisit(request: IncomingMessage): string {
  const visit = visitOf(request)
  if (visit === undefined) throw signedOut()
  return visit
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length
    if (bytes > MOST_BYTES) throw new Problem(413, 'too-long')
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}
