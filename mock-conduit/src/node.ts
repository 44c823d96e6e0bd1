import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Awaitable } from './awaitable.ts'
import { serveApi, serveStorage } from './engine.ts'
import type { Served } from './exchange.ts'
import { NodeRequest } from './wire/node-request.ts'
import { splitTarget } from './wire/target.ts'
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

/** A node server for the Client API. Only `/__mock` goes to `control`, through Hono. */
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
    answer(incoming, outgoing, () =>
      serveApi(world, new NodeRequest(incoming, outgoing, { path: resolved.path, instance })),
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
    const about = { path: resolved.path, instance: 'storage' }
    answer(incoming, outgoing, () =>
      serveStorage(world, new NodeRequest(incoming, outgoing, about)),
    )
  })
}

function pathOf(incoming: IncomingMessage): string {
  return splitTarget(incoming.url ?? '/').path
}

function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  serve: () => Awaitable<Served>,
): void {
  const write = (served: Served) => {
    writeAnswer({ ...served, incoming, outgoing })
  }
  const fail = (error: unknown) => {
    console.error('mock-conduit: a request failed inside the mock; please report it.', error)
    if (!outgoing.headersSent) outgoing.writeHead(500, { 'Content-Type': 'text/plain' })
    outgoing.end('mock-conduit failed; see its log.')
  }
  try {
    const served = serve()
    if (served instanceof Promise) served.then(write).catch(fail)
    else write(served)
  } catch (error) {
    fail(error)
  }
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
