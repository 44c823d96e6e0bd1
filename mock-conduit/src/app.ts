import { ReadableStream } from 'node:stream/web'
import { Hono } from 'hono'
import { answerPieces } from './answer-pieces.ts'
import { type ControlOptions, controlRoutes } from './control/routes.ts'
import { serveApi, serveStorage } from './engine.ts'
import type { Served } from './exchange.ts'
import { BodyTooLarge, bytesOf, isWhole, type WireRequest } from './wire/message.ts'
import type { Worlds } from './worlds.ts'
import { StreamDigest } from './world/body-digest.ts'

/** The Hono app: the control API of every world, and the Client API for requests that come without a socket. */
export function createApp(
  worlds: Worlds,
  around: Partial<Omit<ControlOptions, 'worlds'>> = {},
): Hono {
  const app = new Hono()
  app.onError((error) => {
    throw error
  })
  app.route('/', controlRoutes({ worlds, listeners: around.listeners, token: around.token }))
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

/** As a socket would show it: a cut is a fetch that fails, before the head or while the body is read. */
function toResponse(raw: Request, served: Served): Response {
  const { response, entry, journal } = served
  const { status, body, cut } = response
  if (raw.signal.aborted) {
    journal.close(entry, 'client-aborted')
    throw new DOMException('This operation was aborted', 'AbortError')
  }
  if (cut?.how === 'reset' && cut.afterBytes === 0) {
    journal.close(entry, 'cut-by-fault')
    throw new TypeError('fetch failed: the connection was reset by a fault')
  }
  entry.status = status
  entry.responseHeaders = response.headers
  const init = { status, headers: response.headers }
  const bodiless = raw.method === 'HEAD' || status === 204 || status === 304 || body === null
  if (!cut && !response.hold && (bodiless || isWhole(body))) {
    const whole = bodiless || !isWhole(body) ? null : new Uint8Array(bytesOf(body))
    entry.bytesWritten = whole?.length ?? 0
    journal.close(entry, 'complete')
    return new Response(whole, init)
  }
  const pieces = inProcessBody(raw, served)
  if (!bodiless) return new Response(ReadableStream.from(pieces), init)
  void pieces.next()
  return new Response(null, init)
}

/** The body of an answer that is streamed, held or cut; tells the journal how far the reader came. */
async function* inProcessBody(
  { signal }: Request,
  { response, entry, journal }: Served,
): AsyncGenerator<Uint8Array> {
  const { cut } = response
  const tap = isWhole(response.body) ? undefined : new StreamDigest()
  if (tap) entry.responseBody = tap
  let how: 'complete' | 'client-aborted' | 'cut-by-fault' = 'client-aborted'
  try {
    for await (const piece of answerPieces(response)) {
      tap?.add(piece)
      entry.bytesWritten += piece.length
      yield piece
    }
    how = cut && cut.how !== 'drip' ? 'cut-by-fault' : 'complete'
    if (how === 'complete') return
    if (cut?.how === 'stall') await aborted(AbortSignal.any([cut.removed, signal]))
    throw new TypeError('terminated: the connection was cut by a fault')
  } finally {
    journal.close(entry, how)
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else
      signal.addEventListener(
        'abort',
        () => {
          resolve()
        },
        { once: true },
      )
  })
}
