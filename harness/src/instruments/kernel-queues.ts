import { readFile } from 'node:fs/promises'

/** Bytes that wait in the kernel on connections of one server port, in the direction away from that server. */
export type QueuedFrom = (serverPort: number) => number

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6']
const ESTABLISHED = '01'

/**
 * A reading of the kernel's socket queues: what a server has written and its peer has not read is in neither program, it waits in the
 * server's send queue or in the peer's receive queue. Undefined where the kernel does not tell (anything but Linux). Source: proc(5), /proc/net/tcp.
 */
export async function readKernelQueues(
  read: (path: string) => Promise<string> = (path) => readFile(path, 'utf8'),
): Promise<QueuedFrom | undefined> {
  const tables = await Promise.all(TABLES.map((path) => read(path).catch(() => '')))
  const connections = tables.flatMap(connectionsIn)
  if (connections.length === 0) return undefined
  return (serverPort) =>
    connections.reduce(
      (sum, { local, remote, toSend, toRead }) =>
        sum + (local === serverPort ? toSend : 0) + (remote === serverPort ? toRead : 0),
      0,
    )
}

interface Connection {
  local: number
  remote: number
  toSend: number
  toRead: number
}

/** Lines such as `0: 0100007F:80F1 0100007F:1F90 01 00000000:00010000 …`. */
function connectionsIn(table: string): Connection[] {
  return table.split('\n').flatMap((line) => {
    const [, local, remote, state, queues] = line.trim().split(/\s+/)
    if (state !== ESTABLISHED || queues === undefined) return []
    const [toSend = '0', toRead = '0'] = queues.split(':')
    return [
      {
        local: portOf(local),
        remote: portOf(remote),
        toSend: Number.parseInt(toSend, 16),
        toRead: Number.parseInt(toRead, 16),
      },
    ]
  })
}

const portOf = (address = '') => Number.parseInt(address.split(':')[1] ?? '0', 16)
