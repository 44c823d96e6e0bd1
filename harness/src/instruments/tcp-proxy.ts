import { connect, createServer, type Server, type Socket } from 'node:net'
import { Transform } from 'node:stream'
import { afterwards } from './settle.ts'

/** `open`: bytes pass. `refuse`: nobody listens. `cut`: connections are reset as they come. `silent`: connections are taken, nothing passes. */
export type ProxyMode = 'open' | 'refuse' | 'cut' | 'silent'

/** Stands between one instance and a TCP server, so that the way there can be broken and mended. */
export interface TcpProxy {
  port: number
  /** Ends the connections there are and treats new ones by the mode. */
  set(mode: ProxyMode): Promise<void>
  /** Makes the way to the server longer by so many milliseconds; 0 for none. Connections and mode stay. */
  delay(ms: number): Promise<void>
  /** Keeps messages of clients back until released; connections and mode stay. */
  hold(): HeldWay
  /** Lets so many more messages of clients pass, and cuts every connection when the next one comes. Tells whether that has happened. */
  cutAfter(messages: number): () => boolean
  /** Listens to what clients send from now on, the first megabytes of it. `heard` ends that and gives the bytes. */
  listen(): { heard(): Buffer }
  stop(): Promise<void>
}

/** A way that is blocked in one direction. */
export interface HeldWay {
  /** Messages kept back. */
  waiting(): number
  /** Lets them go, in their order. */
  release(): void
}

const MOST_HEARD = 4 * 1024 * 1024

/** `wait` is how the delay is waited for. */
export async function openTcpProxy(
  to: { host: string; port: number },
  wait: Wait = later,
): Promise<TcpProxy> {
  let mode: ProxyMode = 'open'
  let delayMs = 0
  let left: number | undefined
  let held: Promise<void> | undefined
  let kept = 0
  let ears: ((chunk: Buffer) => void) | undefined
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    return socket
  }
  const closeAll = () => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  const arrived = (): boolean => {
    if (left === undefined) return true
    left -= 1
    if (left >= 0) return true
    mode = 'cut'
    closeAll()
    return false
  }
  const waitFor = (): Promise<void> | undefined => {
    const open = held
    if (!open) return undefined
    kept += 1
    return open.finally(() => (kept -= 1))
  }
  const server = createServer((incoming) => {
    keep(incoming)
    if (mode === 'cut') incoming.resetAndDestroy()
    if (mode !== 'open') return
    const outgoing = keep(connect(to.port, to.host))
    incoming
      .pipe(counted(arrived))
      .pipe(slowed({ delayMs: () => delayMs, held: waitFor, wait }))
      .pipe(outgoing)
      .pipe(incoming)
    incoming.on('data', (chunk: Buffer) => ears?.(chunk))
    incoming.on('close', () => outgoing.destroy())
    outgoing.on('close', () => incoming.destroy())
  })
  const port = await opened(server, 0)
  return {
    port,
    cutAfter(messages) {
      left = messages
      return () => left !== undefined && left < 0
    },
    async set(next) {
      const listening = mode !== 'refuse'
      mode = next
      left = undefined
      closeAll()
      if (listening && next === 'refuse') await close(server)
      if (!listening && next !== 'refuse') await opened(server, port)
    },
    delay(ms) {
      delayMs = ms
      return Promise.resolve()
    },
    hold() {
      let open: () => void = () => undefined
      const way = new Promise<void>((resolve) => (open = resolve))
      held = way
      return {
        waiting: () => kept,
        release() {
          if (held === way) held = undefined
          open()
        },
      }
    },
    listen() {
      const chunks: Buffer[] = []
      let bytes = 0
      ears = (chunk) => {
        if ((bytes += chunk.length) <= MOST_HEARD) chunks.push(chunk)
      }
      return {
        heard() {
          ears = undefined
          return Buffer.concat(chunks)
        },
      }
    },
    async stop() {
      closeAll()
      if (mode !== 'refuse') await close(server)
    },
  }
}

/** Passes each chunk on that may pass; a client that waits for answers sends one a message. */
const counted = (mayPass: () => boolean): Transform =>
  new Transform({
    transform(chunk: Buffer, _, done) {
      done(null, mayPass() ? chunk : undefined)
    },
  })

type Wait = (ms: number) => Promise<void>

const later: Wait = (ms) => new Promise((resolve) => afterwards(ms, resolve))

interface Slowing {
  delayMs: () => number
  held: () => Promise<void> | undefined
  wait: Wait
}

/** Passes each chunk on when the delay of its arrival is over and nothing holds it; chunks stay in order, and do not wait for each other's delay. */
function slowed({ delayMs, held, wait }: Slowing): Transform {
  let waiting = 0
  let last = Promise.resolve()
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const ms = delayMs()
      const way = held()
      if (ms === 0 && way === undefined && waiting === 0) {
        done(null, chunk)
        return
      }
      waiting += 1
      last = Promise.all([last, wait(ms), way]).then(() => {
        waiting -= 1
        this.push(chunk)
      })
      done()
    },
    flush(done) {
      void last.then(() => {
        done()
      })
    },
  })
}

function opened(server: Server, port: number): Promise<number> {
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
