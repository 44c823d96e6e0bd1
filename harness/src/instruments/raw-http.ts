import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { HeaderList, WireCall } from './http-exchange.ts'
import { steady, until } from './settle.ts'

const ANSWER_MS = 3000
const QUIET_MS = 150

/** What a request is to be written as, beyond what its call says. Everything is latin1: a character is a byte. */
export interface RawChanges {
  /** Lower-case names of headers that are left out. */
  without?: readonly string[]
  /** Lines of the head after the others, as they are, each with its own end. */
  lines?: string
  /** Instead of the call's body, as it is. */
  body?: string
}

/** A request as text. */
export function rawRequest(
  { method, path, headers, body }: WireCall,
  { without = [], lines = '', body: own }: RawChanges = {},
): string {
  const kept: HeaderList = headers.filter(([name]) => !without.includes(name.toLowerCase()))
  const head = kept.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return `${method} ${path} HTTP/1.1\r\n${head}${lines}\r\n${own ?? body?.toString('latin1') ?? ''}`
}

/** What came back on a raw connection. */
export interface RawAnswer {
  /** Of the first answer; 0 when there was none. */
  status: number
  /** The server ended the connection. */
  isClosed: boolean
}

/** Writes text to a server as it is, on a connection of its own, and waits until it closed, or answered and fell silent; `ms` at most for the first byte. */
export async function sendRaw(base: string, text: string, ms = ANSWER_MS): Promise<RawAnswer> {
  const { hostname, port, protocol } = new URL(base)
  const at = { host: hostname, port: Number(port || (protocol === 'https:' ? 443 : 80)) }
  const socket =
    protocol === 'https:' ? connectTls({ ...at, rejectUnauthorized: false }) : connect(at)
  let received = ''
  let isClosed = false
  socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')))
  socket.on('error', () => undefined)
  socket.on('close', () => (isClosed = true))
  socket.write(text, 'latin1')
  await until(ms, () => isClosed || received.length > 0)
  await steady(() => received.length, {
    forMs: QUIET_MS,
    maxMs: ANSWER_MS,
    enough: () => isClosed,
  })
  socket.destroy()
  return { status: Number(/^HTTP\/1\.\d (\d{3})/.exec(received)?.[1] ?? 0), isClosed }
}
