import { BffFailure } from './failure.ts'
import type { BffContext } from './services.ts'

const MOST_BYTES = 1024 * 1024

/** The JSON body of a request, however it is framed. 400 when it is none, 413 above one mebibyte. */
export async function readJson(c: BffContext): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of c.env.incoming) {
    const part = chunk as Uint8Array
    bytes += part.length
    if (bytes > MOST_BYTES) throw new BffFailure(413, 'too_large')
    chunks.push(part)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown
  } catch (cause) {
    throw new BffFailure(400, 'json_needed', { cause })
  }
}
