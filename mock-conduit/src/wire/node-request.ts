import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { BodyTooLarge, type HeaderList, headerPairs, type WireRequest } from './message.ts'
import { splitTarget } from './target.ts'

/** A request as node read it from a socket: fetch's Request hides a GET's body, `/a/./b` and repeated headers. */
export class NodeRequest implements WireRequest {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly target: string
  readonly headers: Record<string, string | undefined>
  readonly flatHeaders: readonly string[]
  readonly instance: string
  readonly #incoming: IncomingMessage
  readonly #outgoing: ServerResponse
  #signal: AbortSignal | undefined

  constructor(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    about: { path: string; instance: string },
  ) {
    const target = incoming.url ?? '/'
    const head = headOf(incoming)
    this.method = incoming.method ?? 'GET'
    this.path = about.path
    this.query = splitTarget(target).query
    this.target = target
    this.headers = head.headers
    this.flatHeaders = head.flat
    this.instance = about.instance
    this.#incoming = incoming
    this.#outgoing = outgoing
  }

  get rawHeaders(): HeaderList {
    return headerPairs(this.flatHeaders)
  }

  get remoteAddress(): string {
    return this.#incoming.socket.remoteAddress ?? ''
  }

  readBody(limit: number): Promise<Buffer> {
    return readAll(this.#incoming, limit)
  }

  get signal(): AbortSignal {
    return (this.#signal ??= signalOf(this.#outgoing))
  }
}

interface Head {
  flat: readonly string[]
  headers: Record<string, string | undefined>
}

/** The headers last sent on each connection. Clients repeat them, and the journal then keeps one list for many requests. */
const lastHeads = new WeakMap<Socket, Head>()

function headOf(incoming: IncomingMessage): Head {
  const flat = incoming.rawHeaders
  const last = lastHeads.get(incoming.socket)
  if (last && isSame(last.flat, flat)) return last
  const head = { flat, headers: joined(incoming.headers) }
  lastHeads.set(incoming.socket, head)
  return head
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false
  return true
}

function joined(headers: IncomingMessage['headers']): Record<string, string | undefined> {
  const flat: Record<string, string | undefined> = {}
  for (const name in headers) {
    const value = headers[name]
    flat[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}

/** Made for those who wait only: an AbortController per request would cost as much as the rest of the wire. */
function signalOf(outgoing: ServerResponse): AbortSignal {
  const abort = new AbortController()
  const check = () => {
    if (!outgoing.writableFinished) abort.abort()
  }
  if (outgoing.destroyed) check()
  else outgoing.once('close', check)
  return abort.signal
}

/** Past the limit the rest is drained unread, so that the refusal still reaches the client. */
function readAll(incoming: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    if (incoming.destroyed && !incoming.readableEnded) reject(new Error('The client went away.'))
    incoming.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= limit) chunks.push(chunk)
      else reject(new BodyTooLarge())
    })
    incoming.on('end', () => {
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks))
    })
    incoming.on('error', reject)
  })
}
