import { z } from 'zod'
import { conduit, dataOf } from './conduit'
import { Problem } from './problem'
import { settings } from './settings'

const HEADERS_MS = 7000
const SILENCE_MS = 10_000
const ID = /^[\w-]{1,64}$/
const RANGE = /^bytes=(?:\d+-\d*|-\d+)$/
/** Types that a browser only shows; all others are offered for download. */
const SHOWN = /^(?:image\/(?:png|jpeg|gif|webp)|audio\/mpeg|video\/mp4)$/
const PASSED_ON = ['content-length', 'content-range', 'accept-ranges', 'etag']

const urlSchema = z.object({ result: z.url({ protocol: /^https?$/ }) })

/** The bytes of a file for a session, as an answer to the browser. */
export async function openFile(key: string, id: string, request: Request): Promise<Response> {
  const url = await addressOf(key, id, request.signal)
  const bytes = await fetched(url, request)
  if (bytes.status === 200 || bytes.status === 206)
    return new Response(whole(bytes), { status: bytes.status, headers: headersFrom(bytes.headers) })
  await bytes.body?.cancel()
  if (bytes.status === 416) throw new Problem(416, 'no-such-range')
  throw new Problem(bytes.status === 404 ? 404 : 502, 'no-file')
}

/** Conduit wraps "not found" and "not yours" in a 500; its words tell them from a fault of its own. */
async function addressOf(key: string, id: string, signal: AbortSignal): Promise<string> {
  if (!ID.test(id)) throw new Problem(404, 'no-file')
  const answer = await conduit(key, `/storage/getFileUrl/${id}`, { signal })
  const words = JSON.stringify(answer.data)
  if (answer.status === 500 && /not exist|not public|not have access/.test(words))
    throw new Problem(404, 'no-file')
  const parsed = urlSchema.safeParse(dataOf(answer))
  if (!parsed.success || new URL(parsed.data.result).origin !== settings().storageOrigin)
    throw new Problem(502, 'backend-failed')
  return parsed.data.result
}

/** Fetches with nothing of the browser's but the range. */
async function fetched(url: string, { headers, signal }: Request): Promise<Response> {
  const range = RANGE.exec(headers.get('range') ?? '')?.[0]
  const late = new AbortController()
  const timer = setTimeout(() => {
    late.abort()
  }, HEADERS_MS)
  try {
    return await fetch(url, {
      cache: 'no-store',
      redirect: 'manual',
      signal: AbortSignal.any([signal, late.signal]),
      headers: { 'accept-encoding': 'identity', ...(range === undefined ? {} : { range }) },
    })
  } catch {
    throw new Problem(502, 'storage-away')
  } finally {
    clearTimeout(timer)
  }
}

/** The body at the reader's pace. A short read and a storage that falls silent are errors, so that a part is never taken for the whole. */
function whole(bytes: Response): ReadableStream<Uint8Array> | null {
  const reader = bytes.body?.getReader()
  if (!reader) return null
  const length = isEncoded(bytes.headers) ? null : bytes.headers.get('content-length')
  let left = length === null ? undefined : Number(length)
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await inTime(reader)
        if (!done) {
          if (left !== undefined) left -= value.byteLength
          controller.enqueue(value)
        } else if (left !== undefined && left !== 0) throw new Error('the storage broke off')
        else controller.close()
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

/** The next piece. A silent storage is let go, and the wait for it fails. */
async function inTime(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('the storage fell silent'))
      reader.cancel().catch(() => undefined)
    }, SILENCE_MS)
  })
  try {
    return await Promise.race([reader.read(), silence])
  } finally {
    clearTimeout(timer)
  }
}

const isEncoded = (headers: Headers) => headers.has('content-encoding')

function headersFrom(storage: Headers): Headers {
  const type = (storage.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const headers = new Headers({
    'Content-Type': SHOWN.test(type) ? type : 'application/octet-stream',
    'Content-Disposition': SHOWN.test(type) ? 'inline' : 'attachment',
    'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
  })
  // fetch has decoded an encoded body: what describes its bytes describes others now.
  for (const name of isEncoded(storage) ? [] : PASSED_ON) {
    const value = storage.get(name)
    if (value !== null) headers.set(name, value)
  }
  return headers
}
