import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Agent, Dispatcher } from 'undici'
import { z } from 'zod'
import { dataOf, type Conduit } from './conduit.ts'
import { Fault } from './fault.ts'
import type { Services } from './start.ts'

const ID = /^[\w-]{1,64}$/
const RANGE = /^bytes=(?:\d+-\d*|-\d+)$/
const PICTURE = /^image\/(?:png|jpeg|gif|webp)$/

const ticketSchema = z.object({ screenshot: z.string().nullish() })
const urlSchema = z.object({ result: z.url({ protocol: /^https?$/ }) })

/** GET /v1/tickets/:id/screenshot: the bytes of the file that hangs on a ticket. */
export function screenshotRoute(app: FastifyInstance, services: Services): void {
  const { browser, conduit, agent, filesFrom } = services
  app.get('/v1/tickets/:id/screenshot', async (request, reply) => {
    const session = browser.require(request)
    const { id } = request.params as { id: string }
    const gone = new AbortController()
    reply.raw.once('close', () => {
      gone.abort()
    })
    const url = await addressOf(conduit, { session, id, signal: gone.signal })
    if (url.origin !== filesFrom) throw new Fault(502, 'BACKEND_FAILED')
    const answer = await fetched(agent, url, { request, signal: gone.signal })
    describe(reply, answer)
    return reply.send(answer.body)
  })
}

async function addressOf(
  conduit: Conduit,
  { session, id, signal }: { session: string; id: string; signal: AbortSignal },
): Promise<URL> {
  if (!ID.test(id)) throw new Fault(404, 'NO_SCREENSHOT')
  const ticket = dataOf(await conduit.call(session, `/database/Ticket/${id}`, { signal }))
  const file = ticketSchema.safeParse(ticket).data?.screenshot
  if (!file) throw new Fault(404, 'NO_SCREENSHOT')
  const answer = await conduit.call(session, `/storage/getFileUrl/${encodeURIComponent(file)}`, {
    signal,
  })
  const words = JSON.stringify(answer.data)
  if (answer.status === 500 && /not exist|not public|not have access/.test(words))
    throw new Fault(404, 'NO_SCREENSHOT')
  const parsed = urlSchema.safeParse(dataOf(answer))
  if (!parsed.success) throw new Fault(502, 'BACKEND_FAILED')
  return new URL(parsed.data.result)
}

async function fetched(
  agent: Agent,
  url: URL,
  { request, signal }: { request: FastifyRequest; signal: AbortSignal },
): Promise<Dispatcher.ResponseData> {
  const range = RANGE.exec(request.headers.range ?? '')?.[0]
  const answer = await agent
    .request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: 'GET',
      signal,
      headersTimeout: 7000,
      headers: { 'accept-encoding': 'identity', ...(range === undefined ? {} : { range }) },
    })
    .catch(() => {
      throw new Fault(502, 'STORAGE_AWAY')
    })
  answer.body.on('error', () => undefined)
  if (answer.statusCode === 200 || answer.statusCode === 206) return answer
  answer.body.destroy()
  if (answer.statusCode === 416) throw new Fault(416, 'NO_SUCH_RANGE')
  throw new Fault(answer.statusCode === 404 ? 404 : 502, 'NO_SCREENSHOT')
}

/** Fastify pipes the body with back-pressure, and destroys the answer when the body breaks off. */
function describe(reply: FastifyReply, { statusCode, headers }: Dispatcher.ResponseData): void {
  const type = String(headers['content-type'] ?? '').split(';')[0] ?? ''
  reply.code(statusCode)
  reply.headers({
    'content-type': PICTURE.test(type) ? type : 'application/octet-stream',
    'content-disposition': PICTURE.test(type) ? 'inline' : 'attachment',
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
  })
  for (const name of ['content-length', 'content-range', 'content-encoding', 'etag'])
    if (typeof headers[name] === 'string') reply.header(name, headers[name])
}
