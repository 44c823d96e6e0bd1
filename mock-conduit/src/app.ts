import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { controlRoutes } from './control/routes.ts'
import { serveApi, serveStorage } from './engine.ts'
import type { Served } from './exchange.ts'
import { BodyTooLarge, isBuffer, type WireRequest } from './wire/message.ts'
import type { Worlds } from './worlds.ts'

/** The Hono app: the control API of every world, and the Client API for requests that come without a socket. */
export function createApp(worlds: Worlds): Hono {
  const app = new Hono()
  app.route('/', controlRoutes(worlds))
  app.all('*', async ({ req: { raw } }) => {
    const url = new URL(raw.url)
    const resolved = worlds.resolve(url.pathname)
    if (!resolved.world)
      return Response.json(
        {
          error: `No world "${resolved.name}". GET /__mock/worlds lists them.`,
          code: 'UNKNOWN_WORLD',
        },
        { status: 404 },
      )
    const request = await wireRequest(raw, url, resolved.path)
    const storage =
      worlds.bases.storage !== '' && url.origin === new URL(worlds.bases.storage).origin
    return toResponse(
      raw,
      await (storage ? serveStorage(resolved.world, request) : serveApi(resolved.world, request)),
    )
  })
  return app
}

async function wireRequest(raw: Request, url: URL, path: string): Promise<WireRequest> {
  const headers = Object.fromEntries(raw.headers)
  const body = raw.body === null ? undefined : Buffer.from(await raw.arrayBuffer())
  if (body && headers['content-length'] === undefined)
    headers['content-length'] = String(body.length)
  return {
    method: raw.method,
    path,
    query: url.search.slice(1),
    target: url.pathname + url.search,
    headers,
    rawHeaders: Object.entries(headers),
    remoteAddress: '127.0.0.1',
    instance: 'in-process',
    readBody: (limit) =>
      (body?.length ?? 0) > limit
        ? Promise.reject(new BodyTooLarge())
        : Promise.resolve(body ?? Buffer.alloc(0)),
    signal: raw.signal,
  }
}

/** Socket faults have no socket here: they become a failing body, as fetch shows a cut connection. */
function toResponse(raw: Request, { response, entry, journal }: Served): Response {
  const { status, body } = response
  const init = { status, headers: response.headers }
  if (response.cut && response.cut.how !== 'drip') {
    journal.close(entry, 'cut-by-fault')
    throw new TypeError('fetch failed: the connection was cut by a fault')
  }
  journal.close(entry, 'complete')
  if (raw.method === 'HEAD' || status === 204 || status === 304 || body === null)
    return new Response(null, init)
  if (isBuffer(body)) {
    entry.bytesWritten = body.length
    return new Response(new Uint8Array(body), init)
  }
  const counting = counted(body, (bytes) => (entry.bytesWritten += bytes))
  return new Response(Readable.toWeb(Readable.from(counting)) as ReadableStream<Uint8Array>, init)
}

async function* counted(
  body: AsyncIterable<Uint8Array>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    onBytes(chunk.length)
    yield chunk
  }
}
