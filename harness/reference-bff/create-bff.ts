import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { createApp } from './app.ts'
import { referenceParts } from './parts.ts'
import { compose, type Parts } from './services.ts'
import type { Env, RunningBff } from './settings.ts'

/** How long open answers may still take when the BFF is stopped. */
const GRACE_MS = 2000

/** Starts a BFF from the reference's parts, some of them replaced. Many may run in one process. */
export async function createBff(env: Env, parts: Partial<Parts> = {}): Promise<RunningBff> {
  const services = compose({ ...referenceParts(env), ...parts })
  const app = createApp(services)
  const server = createAdaptorServer({
    fetch: app.fetch,
    overrideGlobalObjects: false,
  }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(services.settings.port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      await drained(server)
      await services.renewal.idle()
      await services.http.close()
      services.redis.disconnect()
    },
  }
}

/** Takes no more requests, lets open ones end for a while, then cuts them. */
async function drained(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve()
    })
  })
  server.closeIdleConnections()
  const cut = setTimeout(() => {
    server.closeAllConnections()
  }, GRACE_MS)
  await closed
  clearTimeout(cut)
}
