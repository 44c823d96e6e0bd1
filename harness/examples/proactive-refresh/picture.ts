import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { jsonOf } from './backend.ts'
import type { FreshTokens } from './fresh-tokens.ts'
import { Problem } from './problem.ts'
import type { Settings } from './settings.ts'

const IMAGES = /^image\/(png|jpeg|gif|webp)$/
const ID = /^[0-9a-zA-Z-]{1,64}$/
const HEADERS_MS = 7000
const SILENCE_MS = 10_000

const resultSchema = z.object({ result: z.url() })

export interface Wanted {
  visit: string
  id: string
  response: ServerResponse
}

/** Streams a file, always whole and always chunked: this BFF does not do ranges. */
export async function sendPicture(
  { tokens, settings }: { tokens: FreshTokens; settings: Settings },
  { visit, id, response }: Wanted,
): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => {
    gone.abort()
  })
  const url = await addressOf(tokens, visit, { id, signal: gone.signal })
  if (new URL(url).origin !== settings.picturesFrom) throw new Problem(502, 'nonsense')
  const timer = setTimeout(() => {
    gone.abort()
  }, HEADERS_MS)
  const bytes = await fetch(url, { redirect: 'manual', signal: gone.signal })
    .catch((cause: unknown) => {
      throw new Problem(502, 'no-storage', { cause })
    })
    .finally(() => {
      clearTimeout(timer)
    })
  if (bytes.status !== 200) {
    await bytes.body?.cancel()
    throw new Problem(bytes.status === 404 ? 404 : 502, 'no-picture')
  }
  const type = bytes.headers.get('content-type')?.split(';')[0] ?? ''
  response.writeHead(200, {
    'content-type': IMAGES.test(type) ? type : 'application/octet-stream',
    'content-disposition': IMAGES.test(type) ? 'inline' : 'attachment; filename="file"',
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-cache',
  })
  response.flushHeaders()
  // A break in the middle destroys the answer, which is all that can still be said.
  if (bytes.body) await pipeline(pieces(bytes.body, gone), response).catch(() => undefined)
  else response.end()
}

/** Waits for each next piece so long and no longer; how fast the browser takes them is its own business. */
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

async function addressOf(
  tokens: FreshTokens,
  visit: string,
  { id, signal }: { id: string; signal: AbortSignal },
): Promise<string> {
  if (!ID.test(id)) throw new Problem(404, 'no-picture')
  const answer = await tokens.call(visit, `/storage/getFileUrl/${id}`, { signal })
  if (answer.status === 500 && /does not exist|not public|not have access/.test(answer.text))
    throw new Problem(404, 'no-picture')
  const parsed = resultSchema.safeParse(jsonOf(answer))
  if (!parsed.success) throw new Problem(502, 'nonsense')
  return parsed.data.result
}
