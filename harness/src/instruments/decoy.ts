import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

/** A server that nobody should call; it answers everything with 200 and keeps what it was sent. */
export interface Decoy {
  url: string
  /** `GET /path`, in order. */
  calls(): readonly string[]
  /** Everything each caller sent: request line, headers, body. */
  texts(): readonly string[]
  stop(): Promise<void>
}

/** Opens a decoy on a free port of 127.0.0.1 and, where there is IPv6, of [::1]; on a well-known one as well when nobody listens there. */
export async function openDecoy(wellKnownPort?: number): Promise<Decoy> {
  const calls: string[] = []
  const texts: string[] = []
  const note = (request: IncomingMessage, response: ServerResponse) => {
    calls.push(`${request.method ?? ''} ${request.url ?? ''}`)
    let text = `${request.url ?? ''}\n${request.rawHeaders.join('\n')}\n`
    request.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
    request.on('close', () => texts.push(text))
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end('{}')
  }
  const main = createServer(note)
  const port = await listenOn(main, 0)
  const servers = [main]
  const overIPv6 = createServer(note)
  if (port !== undefined && (await listenOn(overIPv6, port, '::1')) !== undefined)
    servers.push(overIPv6)
  if (wellKnownPort !== undefined) {
    const second = createServer(note)
    if ((await listenOn(second, wellKnownPort)) !== undefined) servers.push(second)
  }
  return {
    url: `http://127.0.0.1:${port ?? 0}`,
    calls: () => calls,
    texts: () => texts,
    stop: async () => {
      await Promise.all(servers.map(closed))
    },
  }
}

function listenOn(server: Server, port: number, host = '127.0.0.1'): Promise<number | undefined> {
  return new Promise((resolve) => {
    server.once('error', () => {
      resolve(undefined)
    })
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' ? address?.port : undefined)
    })
  })
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeAllConnections()
  })
}
