import type { AddressInfo } from 'node:net'
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import session from 'express-session'
import { Agent } from 'undici'
import { ConduitClient } from './conduit-client.ts'
import { mediaRouter, type MediaSource } from './media.ts'
import { notesRouter } from './notes.ts'
import { Refusal } from './refusal.ts'
import { sessionRouter, SID } from './session-routes.ts'
import { socialRouter, welcomeRouter } from './social.ts'
import { openStores } from './stores.ts'
import { TokenDrawer } from './token-drawer.ts'

type Env = Readonly<Record<string, string | undefined>>

/** Starts an Express BFF whose sessions and tokens live on the server. */
export async function start(env: Env): Promise<{ url: string; stop(): Promise<void> }> {
  const stores = await openStores(env['SESSION_STORE'] ?? 'memory')
  const drawer = new TokenDrawer(stores.tokens, env['SESSION_SECRET'] ?? '')
  const conduit = new ConduitClient(env['API_BASE'] ?? '', drawer)
  const agent = new Agent({ headersTimeout: 7000, bodyTimeout: 10_000 })
  const app = appOver({
    store: stores.sessions,
    secret: env['SESSION_SECRET'] ?? '',
    drawer,
    conduit,
    media: { agent, origin: new URL(env['MEDIA_ORIGIN'] ?? '').origin },
  })
  const server = app.listen(Number(env['PORT'] ?? 0), '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      await conduit.settled()
      await agent.destroy()
      stores.close()
    },
  }
}

interface Wiring {
  store: session.Store
  secret: string
  drawer: TokenDrawer
  conduit: ConduitClient
  media: MediaSource
}

function appOver({ store, secret, drawer, conduit, media }: Wiring): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', 1)
  app.use((_, response, next) => {
    response.set({
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    })
    next()
  })
  app.get('/', (_, response) => {
    response.type('text').send('notes')
  })
  app.use(demandHeader)
  app.use(
    session({
      name: SID,
      secret,
      store,
      resave: false,
      saveUninitialized: false,
      cookie: { httpOnly: true, secure: true, sameSite: 'lax', maxAge: 12 * 3600 * 1000 },
    }),
  )
  app.use(express.json({ limit: '200kb' }))
  app.use('/session/social', socialRouter(conduit))
  app.use('/session', sessionRouter(conduit, drawer))
  app.use('/welcome', welcomeRouter(conduit, drawer))
  app.use('/notes', notesRouter(conduit))
  app.use('/media', mediaRouter(conduit, media))
  app.use((_, response) => {
    response.status(404).json({ error: 'no_such_route' })
  })
  app.use(refuse)
  return app
}

/** Only a script of the own origin can set a header of its own; so every request must have it, but the one that comes from the provider. */
const demandHeader: RequestHandler = (request, _, next) => {
  if (request.path !== '/welcome' && request.headers['x-csrf'] !== '1')
    throw new Refusal(403, 'csrf')
  next()
}

const refuse: ErrorRequestHandler = (error: unknown, request, response, _next) => {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const { status, word, over } = whatToSay(error)
  if (over) {
    response.clearCookie(SID, { httpOnly: true, secure: true, sameSite: 'lax' })
    request.session.destroy(() => undefined)
  }
  response.status(status).json({ error: word })
}

function whatToSay(error: unknown): { status: number; word: string; over: boolean } {
  if (error instanceof Refusal)
    return { status: error.status, word: error.message, over: error.over }
  const status: unknown =
    typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined
  if (typeof status === 'number' && status >= 400 && status < 500)
    return { status, word: 'bad_request', over: false }
  return { status: 503, word: 'not_now', over: false }
}
