import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Conduit } from './conduit.ts'
import { Refusal } from './refusal.ts'

const HEADERS_MS = 7000
const SILENCE_MS = 10_000
const FILE_ID = /^[\w-]{1,64}$/
const ONE_RANGE = /^bytes=(?:\d+-\d*|-\d+)$/
/** Types that a browser only shows; all others are offered for download. */
const SHOWN = /^(?:image\/(?:png|jpeg|gif|webp)|audio\/mpeg|video\/mp4)$/
const PASSED_ON = ['content-length', 'content-range', 'accept-ranges', 'etag', 'last-modified']

/** Streams a file from the storage host, the only one that is asked; its presigned URL never leaves this process. */
export async function sendPreview(
  { conduit, storage }: { conduit: Conduit; storage: string },
  { session, file }: { session: string; file: string },
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  if (!FILE_ID.test(file)) throw new Refusal(404, 'no such file')
  const gone = new AbortController()
  response.once('close', () => {
    gone.abort()
  })
  const { status, data } = await conduit.call(session, `/storage/getFileUrl/${file}`, {
    signal: gone.signal,
  })
  // Conduit wraps "not found" and "not yours" in a 500; its words tell them from a fault of its own.
  if (status === 500 && /not exist|not public|not have access/.test(JSON.stringify(data)))
    throw new Refusal(404, 'no such file')
  if (status === 401) throw new Refusal(401, 'refused')
  const bytes = await open(urlIn(data, storage), request.headers, gone)
  if (bytes.status === 200 || bytes.status === 206) {
    response.writeHead(bytes.status, headersFrom(bytes.headers))
    response.flushHeaders()
    // A break in the middle destroys the answer: a part is never taken for the whole.
    if (bytes.body) await pipeline(pieces(bytes.body, gone), response).catch(() => undefined)
    else response.end()
    return
  }
  await bytes.body?.cancel()
  if (bytes.status === 416) throw new Refusal(416, 'no such range')
  throw new Refusal(bytes.status === 404 ? 404 : 502, 'no file')
}

/** Storage that falls silent is given up; a browser that is slow is not. */
async function* pieces(
  body: ReadableStream<Uint8Array>,
  gone: AbortController,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  for (;;) {
    const timer = setTimeout(() => {
      gone.abort()
    }, SILENCE_MS)
    const { done, value } = await reader.read().finally(() => {
      clearTimeout(timer)
    })
    if (done) return
    yield value
  }
}

function urlIn(data: unknown, storage: string): string {
  const url: unknown =
    typeof data === 'object' && data !== null && 'result' in data ? data.result : undefined
  if (typeof url !== 'string' || !URL.canParse(url) || new URL(url).origin !== storage)
    throw new Refusal(502, 'no file')
  return url
}

/** Fetches with nothing of the browser's but the range. */
async function open(
  url: string,
  { range, 'if-range': condition }: IncomingMessage['headers'],
  gone: AbortController,
): Promise<Response> {
  const part = ONE_RANGE.exec(range ?? '')?.[0]
  const timer = setTimeout(() => {
    gone.abort()
  }, HEADERS_MS)
  try {
    return await fetch(url, {
      redirect: 'manual',
      signal: gone.signal,
      headers: {
        'accept-encoding': 'identity',
        ...(part === undefined ? {} : { range: part }),
        ...(part === undefined || typeof condition !== 'string' ? {} : { 'if-range': condition }),
      },
    })
  } catch {
    throw new Refusal(502, 'storage is away')
  } finally {
    clearTimeout(timer)
  }
}

function headersFrom(storage: Headers): Record<string, string> {
  const type = (storage.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  // fetch has decoded an encoded body: what describes its bytes describes others now.
  const described = storage.has('content-encoding') ? [] : PASSED_ON
  return {
    'content-type': SHOWN.test(type) ? type : 'application/octet-stream',
    'content-disposition': SHOWN.test(type) ? 'inline' : 'attachment',
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    ...Object.fromEntries(
      described.flatMap((name) => {
        const value = storage.get(name)
        return value === null ? [] : [[name, value]]
      }),
    ),
  }
}
