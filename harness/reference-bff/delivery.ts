import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { textOf } from './preview-headers.ts'
import type { BffContext } from './services.ts'
import type { StorageAnswer } from './storage.ts'

/**
 * Tells Hono that the node response is being written. A copy each time: where another server in the process has replaced the global
 * Response, the adapter takes the constant itself for a body-less answer and writes a second head.
 */
export const onItsWay = (): Response => RESPONSE_ALREADY_SENT.clone()

/** What undoes the content encoding of an answer; undefined when there is none. */
export function decoderOf({ headers }: StorageAnswer): (() => NodeJS.ReadWriteStream) | undefined {
  switch (textOf(headers, 'content-encoding')?.toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip
    case 'br':
      return createBrotliDecompress
    case 'deflate':
      return createInflate
    default:
      return undefined
  }
}

/** How a storage answer is to be sent on. */
export interface Delivery {
  headers: Record<string, string>
  decode: (() => NodeJS.ReadWriteStream) | undefined
}

/** Streams with back-pressure; when the source breaks off the connection is destroyed, so that nobody takes a part for the whole. */
export async function deliver(
  c: BffContext,
  { status, body }: StorageAnswer,
  { headers, decode }: Delivery,
): Promise<Response> {
  const { outgoing } = c.env
  if (outgoing.destroyed) {
    body.destroy()
    return onItsWay()
  }
  if (c.req.method === 'HEAD') {
    body.destroy()
    // Hono makes a Response of its own for HEAD, which the adapter writes in any case.
    return new Response(null, { status, headers })
  }
  outgoing.writeHead(status, headers)
  outgoing.flushHeaders()
  await stream(body, decode, outgoing)
  return onItsWay()
}

async function stream(
  body: Readable,
  decode: Delivery['decode'],
  outgoing: NodeJS.WritableStream,
): Promise<void> {
  // The failure is told by the broken connection; there is nobody else to tell.
  await (decode ? pipeline(body, decode(), outgoing) : pipeline(body, outgoing)).catch(
    () => undefined,
  )
}
