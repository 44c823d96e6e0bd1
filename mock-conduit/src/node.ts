import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { serveApi, serveStorage } from './engine.ts'
import type { Served } from './exchange.ts'
import { BodyTooLarge, headerPairs, type WireRequest } from './wire/message.ts'
import { writeAnswer } from './write-answer.ts'
import type { Worlds } from './worlds.ts'

/** Longer than node's 5 s: a client in a busy process would else send on a connection that is being closed, and see a failure that no backend caused. */
const KEEP_ALIVE_MS = 65_000

export interface ListenOptions {
  port: number
  host: string
  /** Label that the journal gives to this port's requests. */
  instance: string
}

/** A node server for the Client API. The wire is read from node's raw message, because fetch's Request hides a GET's body, `/a/./b` and repeated headers; only `/__mock` goes to `control`, through Hono. */
export function createApiServer(
  worlds: Worlds,
  control: RequestListener,
  instance: string,
): Server {
  return createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (incoming, outgoing) => {
    const path = pathOf(incoming)
    const resolved = worlds.resolve(path)
    if (!resolved.world || resolved.path === '/__mock' || resolved.path.startsWith('/__mock/')) {
      control(incoming, outgoing)
      return
    }
    const { world } = resolved
    answer(incoming, outgoing, { path: resolved.path, instance }, (request) =>
      serveApi(world, request),
    )
  })
}

/** A node server for the bytes that presigned URLs point to. */
export function createStorageServer(worlds: Worlds): Server {
  return createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (incoming, outgoing) => {
    const resolved = worlds.resolve(pathOf(incoming))
    const { world } = resolved
    if (!world) {
      outgoing.writeHead(404).end(`No world "${resolved.name}".`)
      return
    }
    answer(incoming, outgoing, { path: resolved.path, instance: 'storage' }, (request) =>
      serveStorage(world, request),
    )
  })
}

function pathOf(incoming: IncomingMessage): string {
  const url = incoming.url ?? '/'
  const at = url.indexOf('?')
  return at < 0 ? url : url.slice(0, at)
}

function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  about: { path: string; instance: string },
  serve: (request: WireRequest) => Promise<Served>,
): void {
  serve(wireRequest(incoming, outgoing, about)).then(
    (served) => {
      writeAnswer({ ...served, incoming, outgoing })
    },
    (error: unknown) => {
      console.error('mock-conduit: a request failed inside the mock; please report it.', error)
      if (!outgoing.headersSent) outgoing.writeHead(500, { 'Content-Type': 'text/plain' })
      outgoing.end('mock-conduit failed; see its log.')
    },
  )
}

function wireRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  about: { path: string; instance: string },
): WireRequest {
  const target = incoming.url ?? '/'
  const at = target.indexOf('?')
  let signal: AbortSignal | undefined
  return {
    method: incoming.method ?? 'GET',
    path: about.path,
    query: at < 0 ? '' : target.slice(at + 1),
    target,
    headers: joined(incoming.headers),
    get rawHeaders() {
      return headerPairs(incoming.rawHeaders)
    },
    flatHeaders: incoming.rawHeaders,
    remoteAddress: incoming.socket.remoteAddress ?? '',
    instance: about.instance,
    readBody: (limit) => readAll(incoming, limit),
    get signal() {
      return (signal ??= signalOf(outgoing))
    },
  }
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

function joined(headers: IncomingMessage['headers']): Record<string, string | undefined> {
  const flat: Record<string, string | undefined> = {}
  for (const name in headers) {
    const value = headers[name]
    flat[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
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

/** The port is in use by somebody else. */
export class PortTaken extends Error {
  readonly port: number

  constructor(port: number, host: string) {
    super(`Port ${port} on ${host} is taken. Choose another, or 0 for a free one.`)
    this.name = 'PortTaken'
    this.port = port
  }
}

/** Listens and says where. Rejects with `PortTaken` when the port is in use. */
export async function listen(
  server: Server,
  { port, host }: Pick<ListenOptions, 'port' | 'host'>,
): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: Error) => {
      const taken = 'code' in error && error.code === 'EADDRINUSE'
      reject(taken ? new PortTaken(port, host) : error)
    }
    server.once('error', refuse)
    server.listen(port, host, () => {
      server.off('error', refuse)
      resolve()
    })
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return address
}

/** Stops listening and ends every connection. */
export async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeAllConnections()
  })
}
