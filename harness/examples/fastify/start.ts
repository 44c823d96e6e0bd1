import type { AddressInfo } from 'node:net'
import cookie from '@fastify/cookie'
import fastify, { type FastifyInstance } from 'fastify'
import { Redis } from 'ioredis'
import { Agent } from 'undici'
import { BrowserSession } from './browser-session.ts'
import { Conduit } from './conduit.ts'
import { Fault } from './fault.ts'
import { screenshotRoute } from './screenshot-route.ts'
import { sessionRoutes } from './session-routes.ts'
import { ticketRoutes } from './ticket-routes.ts'
import { TokenStore } from './token-store.ts'

/** What the routes work with. */
export interface Services {
  browser: BrowserSession
  conduit: Conduit
  store: TokenStore
  agent: Agent
  /** The one origin that files are fetched from. */
  filesFrom: string
}

type Env = Readonly<Record<string, string | undefined>>

/** Starts a helpdesk BFF on Fastify. */
export async function start(env: Env): Promise<{ url: string; stop(): Promise<void> }> {
  const redis = new Redis(needed(env, 'STORE_URL'), {
    commandTimeout: 2000,
    connectTimeout: 2000,
    maxRetriesPerRequest: 1,
  })
  redis.on('error', () => undefined) // each command reports its own failure
  const agent = new Agent({ bodyTimeout: 10_000 })
  const secret = needed(env, 'COOKIE_SECRET')
  const store = new TokenStore(redis, secret)
  const conduit = new Conduit(needed(env, 'BACKEND_URL'), { agent, store })
  const browser = new BrowserSession(secret, needed(env, 'PUBLIC_ORIGIN'))
  const filesFrom = new URL(needed(env, 'FILES_FROM')).origin
  const app = await appOver({ browser, conduit, store, agent, filesFrom }, secret)
  await app.listen({ port: Number(env['PORT'] ?? 0), host: '127.0.0.1' })
  return {
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    async stop() {
      await app.close()
      await conduit.settled()
      await agent.destroy()
      redis.disconnect()
    },
  }
}

function needed(env: Env, name: string): string {
  const value = env[name]
  if (!value) throw new Error(`${name} is missing.`)
  return value
}

async function appOver(services: Services, secret: string): Promise<FastifyInstance> {
  const app = fastify({ forceCloseConnections: true, bodyLimit: 200_000, exposeHeadRoutes: false })
  await app.register(cookie, { secret })
  app.removeContentTypeParser('text/plain') // a form of another site can send it
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    if (request.method !== 'GET') services.browser.demandToken(request)
  })
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof Fault && error.sessionOver) services.browser.end(reply)
    const { statusCode, code } = error instanceof Fault ? error : whatFastifySays(error)
    void reply.code(statusCode).send({ error: code })
  })
  app.get('/', () => ({ name: 'helpdesk' }))
  sessionRoutes(app, services)
  ticketRoutes(app, services)
  screenshotRoute(app, services)
  return app
}

/** Bodies that are none, too large, of another type: Fastify's own refusals. */
function whatFastifySays(error: unknown): { statusCode: number; code: string } {
  const status: unknown =
    typeof error === 'object' && error !== null && 'statusCode' in error && error.statusCode
  return typeof status === 'number' && status >= 400 && status < 500
    ? { statusCode: status, code: 'NOT_VALID' }
    : { statusCode: 500, code: 'BROKEN' }
}
