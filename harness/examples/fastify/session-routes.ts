import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Fault } from './fault.ts'
import type { Services } from './start.ts'

const credentialsSchema = z.object({ username: z.string(), password: z.string() })

/** GET /v1/csrf → { token }; POST /v1/login { username, password }; POST /v1/logout. */
export function sessionRoutes(app: FastifyInstance, { browser, conduit, store }: Services): void {
  app.get('/v1/csrf', (request, reply) => ({ token: browser.csrfToken(request, reply) }))

  app.post('/v1/login', async (request, reply) => {
    const credentials = credentialsSchema.safeParse(request.body)
    if (!credentials.success) throw new Fault(422, 'CREDENTIALS_NEEDED')
    const pair = await conduit.login(credentials.data.username, credentials.data.password)
    const before = browser.idOf(request)
    if (before !== undefined) await store.close(before)
    await store.open(browser.begin(reply), pair)
    return reply.code(201).send({ ok: true })
  })

  app.post('/v1/logout', async (request, reply) => {
    const session = browser.idOf(request)
    const stored = session === undefined ? undefined : await store.read(session)
    if (session !== undefined) await store.close(session)
    browser.end(reply)
    if (stored) await conduit.logout(stored.pair)
    return reply.code(204).send()
  })
}
