import { connect, createServer, type Server, type Socket } from 'node:net'

/** `open`: bytes pass. `refuse`: nobody listens. `cut`: connections are reset as they come. `silent`: connections are taken, nothing passes. */
export type ProxyMode = 'open' | 'refuse' | 'cut' | 'silent'

/** Stands between one instance and a TCP server, so that the way there can be broken and mended. */
export interface TcpProxy {
  port: number
  /** Ends the connections there are and treats new ones by the mode. */
  set(mode: ProxyMode): Promise<void>
  stop(): Promise<void>
}

export async function openTcpProxy(to: { host: string; port: number }): Promise<TcpProxy> {
  let mode: ProxyMode = 'open'
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    return socket
  }
  const server = createServer((incoming) => {
    keep(incoming)
    if (mode === 'cut') incoming.resetAndDestroy()
    if (mode !== 'open') return
    const outgoing = keep(connect(to.port, to.host))
    incoming.pipe(outgoing).pipe(incoming)
    incoming.on('close', () => outgoing.destroy())
    outgoing.on('close', () => incoming.destroy())
  })
  const port = await listen(server, 0)
  const closeAll = () => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  return {
    port,
    async set(next) {
      const listening = mode !== 'refuse'
      mode = next
      closeAll()
      if (listening && next === 'refuse') await close(server)
      if (!listening && next !== 'refuse') await listen(server, port)
    },
    async stop() {
      closeAll()
      if (mode !== 'refuse') await close(server)
    },
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

const close = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => {
      resolve()
    })
  })
