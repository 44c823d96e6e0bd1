import { connect, type Socket } from 'node:net'

type Fields = Readonly<Record<string, string>>
type Waiter = (fields: Fields) => void

/** Reads hashes of a Redis over one connection; commands are sent as they come, and each reply goes to the first who waits. Who leaves waits no more: that is the defect. */
export class PipelinedStore {
  readonly #waiters: Waiter[] = []
  readonly #url: URL
  #socket: Socket | undefined
  #received = ''

  constructor(url: string) {
    this.#url = new URL(url)
  }

  hgetall(key: string, signal: AbortSignal | undefined): Promise<Fields> {
    return new Promise((resolve, reject) => {
      this.#waiters.push(resolve)
      signal?.addEventListener('abort', () => {
        const place = this.#waiters.indexOf(resolve)
        if (place >= 0) this.#waiters.splice(place, 1)
        reject(new Error('the caller has left'))
      })
      this.#connected().write(`*2\r\n$7\r\nHGETALL\r\n$${key.length}\r\n${key}\r\n`)
    })
  }

  #connected(): Socket {
    if (this.#socket && !this.#socket.destroyed) return this.#socket
    const socket = connect(Number(this.#url.port), this.#url.hostname)
    socket.on('data', (chunk) => {
      this.#received += chunk.toString('latin1')
      this.#answer()
    })
    socket.on('error', () => socket.destroy())
    socket.unref()
    return (this.#socket = socket)
  }

  #answer(): void {
    for (let reply = readReply(this.#received); reply; reply = readReply(this.#received)) {
      this.#received = this.#received.slice(reply.length)
      this.#waiters.shift()?.(reply.fields)
    }
  }
}

/** The first whole array of bulk strings; undefined while more of it is to come. */
function readReply(text: string): { fields: Fields; length: number } | undefined {
  const head = /^\*(\d+)\r\n/.exec(text)
  if (!head) return undefined
  let at = head[0].length
  const values: string[] = []
  for (let count = Number(head[1]); count > 0; count -= 1) {
    const size = /^\$(\d+)\r\n/.exec(text.slice(at, at + 20))
    if (!size) return undefined
    const from = at + size[0].length
    at = from + Number(size[1]) + 2
    if (at > text.length) return undefined
    values.push(text.slice(from, at - 2))
  }
  const pairs = values.flatMap((value, index) =>
    index % 2 === 0 ? [[value, values[index + 1] ?? ''] as const] : [],
  )
  return { fields: Object.fromEntries(pairs), length: at }
}
