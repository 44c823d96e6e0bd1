import { pipeline } from 'node:stream/promises'
import { raw, Router, type Request, type Response } from 'express'
import { Agent, type Dispatcher } from 'undici'
import { z } from 'zod'
import { dataOf, type ConduitClient } from './conduit-client.ts'
import { Refusal } from './refusal.ts'
import { drawerOf } from './session-drawer.ts'

const PLAIN = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'video/mp4', 'audio/mpeg']
const ID = /^[\w-]{1,64}$/
const RANGE = /^bytes=(?:\d+-\d*|-\d+)$/

const noteSchema = z.object({ attachment: z.string().nullish() })
const storedSchema = z.object({ _id: z.string() })
const resultSchema = z.object({ result: z.url() })

/** Where media come from: the one origin, and what holds the connections to it. */
export interface MediaSource {
  agent: Agent
  origin: string
}

/** GET /media/:id: the attachment of a note, with ranges; POST /media, a form with `attachment` → 201 { id }. */
export function mediaRouter(conduit: ConduitClient, { agent, origin }: MediaSource): Router {
  const router = Router()
  router.get('/:id', async (request, response) => {
    const { name } = drawerOf(request)
    const gone = new AbortController()
    response.once('close', () => {
      gone.abort()
    })
    const url = await addressOf(conduit, {
      drawer: name,
      id: request.params.id,
      signal: gone.signal,
    })
    if (url.origin !== origin) throw new Refusal(502, 'backend_failed')
    await stream(request, response, await fetched(agent, url, { request, signal: gone.signal }))
  })
  router.post(
    '/',
    raw({ type: 'multipart/form-data', limit: '8mb' }),
    async (request, response) => {
      const { name, scope } = drawerOf(request)
      const file = attachmentIn(request)
      const answer = await conduit.call(name, {
        method: 'POST',
        url: '/storage/file',
        params: { scope },
        data: { alias: file.name, data: file.bytes.toString('base64') },
      })
      const stored = storedSchema.safeParse(dataOf(answer))
      if (!stored.success) throw new Refusal(502, 'backend_failed')
      response.status(201).json({ id: stored.data._id })
    },
  )
  return router
}

interface Attachment {
  name: string
  bytes: Buffer
}

/** The whole file, for a call that is repeated after a renewal needs it twice; it must be the first field of the form. */
function attachmentIn({ body, headers }: Request): Attachment {
  const boundary = /\bboundary="?([^";]+)/.exec(headers['content-type'] ?? '')?.[1]
  if (!Buffer.isBuffer(body) || boundary === undefined) throw new Refusal(400, 'form_needed')
  const begin = body.indexOf('\r\n\r\n') + 4
  const end = body.indexOf(`\r\n--${boundary}`, begin)
  const head = body.subarray(0, begin).toString('utf8')
  const name = /; name="attachment"; filename="([^"\r\n]{1,200})"/.exec(head)?.[1]
  if (name === undefined || end === -1) throw new Refusal(400, 'attachment_needed')
  return { name, bytes: body.subarray(begin, end) }
}

async function addressOf(
  conduit: ConduitClient,
  { drawer, id, signal }: { drawer: string; id: string; signal: AbortSignal },
): Promise<URL> {
  if (!ID.test(id)) throw new Refusal(404, 'no_media')
  const note = noteSchema.safeParse(
    dataOf(await conduit.call(drawer, { method: 'GET', url: `/database/Note/${id}`, signal })),
  )
  const file = note.data?.attachment
  if (!file) throw new Refusal(404, 'no_media')
  const answer = await conduit.call(drawer, {
    method: 'GET',
    url: `/storage/getFileUrl/${encodeURIComponent(file)}`,
    signal,
  })
  const said = JSON.stringify(answer.data)
  if (answer.status === 500 && /not exist|not public|not have access/.test(said))
    throw new Refusal(404, 'no_media')
  const parsed = resultSchema.safeParse(dataOf(answer))
  if (!parsed.success) throw new Refusal(502, 'backend_failed')
  return new URL(parsed.data.result)
}

async function fetched(
  agent: Agent,
  url: URL,
  { request, signal }: { request: Request; signal: AbortSignal },
): Promise<Dispatcher.ResponseData> {
  const range = RANGE.exec(request.headers.range ?? '')?.[0]
  const condition = request.headers['if-range']
  const answer = await agent
    .request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: 'GET',
      signal,
      headers: {
        'accept-encoding': 'identity',
        ...(range === undefined ? {} : { range }),
        ...(range === undefined || typeof condition !== 'string' ? {} : { 'if-range': condition }),
      },
    })
    .catch((cause: unknown) => {
      throw new Refusal(502, 'storage_away', { cause })
    })
  answer.body.on('error', () => undefined)
  if (answer.statusCode === 200 || answer.statusCode === 206) return answer
  answer.body.destroy()
  if (answer.statusCode === 416) throw new Refusal(416, 'no_such_range')
  throw new Refusal(answer.statusCode === 404 ? 404 : 502, 'no_media')
}

async function stream(
  request: Request,
  response: Response,
  { statusCode, headers, body }: Dispatcher.ResponseData,
): Promise<void> {
  const type = String(headers['content-type'] ?? '').split(';')[0] ?? ''
  const isPlain = PLAIN.includes(type)
  response.status(statusCode)
  response.set({
    'Content-Type': isPlain ? type : 'application/octet-stream',
    'Content-Disposition': isPlain ? 'inline' : 'attachment',
    'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
  })
  // Encoded bytes stay as they are, and say so: every browser that this BFF serves takes gzip and br.
  for (const name of ['content-length', 'content-range', 'content-encoding', 'etag'])
    if (typeof headers[name] === 'string') response.set(name, headers[name])
  response.flushHeaders()
  if (request.method === 'HEAD') {
    body.destroy()
    response.end()
    return
  }
  await pipeline(body, response).catch(() => undefined)
}
