import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { realTime, type Exchange, type HeaderList } from '../http-exchange.ts'

/** Where a request goes, and what the edge says about it. */
export interface Forwarding {
  /** URL of an instance. */
  base: string
  /** Origin of the application in the browser. */
  origin: URL
  /** Address of the browser. */
  client: string
}

const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** What is kept of a body for the search; browsers meet the rest all the same. */
const KEEP_BYTES = 8 * 1024 * 1024

/** Sends a request on to an instance and its answer back as it comes; `keep` gets the whole of what was answered. */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  about: Forwarding,
  keep: (exchange: Exchange) => void,
): void {
  const { hostname, port } = new URL(about.base)
  const headers = [
    ...forwardedHeaders(request, about),
    ...(request.headers['transfer-encoding'] === undefined
      ? []
      : ([['Transfer-Encoding', 'chunked']] satisfies HeaderList)),
  ]
  const method = request.method ?? 'GET'
  const path = request.url ?? '/'
  const startedAt = realTime()
  const upstream = httpRequest({
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port,
    method,
    path,
    headers: headers.flat(),
    setHost: false,
    agent: new Agent({ keepAlive: false }),
  })
  upstream.on('error', () => {
    if (response.headersSent) response.destroy()
    else response.writeHead(502).end()
  })
  upstream.on('response', (answer) => {
    const kept = collect(answer)
    response.writeHead(
      answer.statusCode ?? 502,
      answer.statusMessage,
      pairsOf(answer.rawHeaders)
        .filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase()))
        .flat(),
    )
    answer.on('error', () => response.destroy())
    answer.on('close', () => {
      if (!answer.complete) response.destroy()
      keep(exchangeOf({ base: about.base, method, path, headers, startedAt }, answer, kept()))
    })
    answer.pipe(response)
  })
  response.on('close', () => {
    if (!response.writableFinished) upstream.destroy()
  })
  request.pipe(upstream)
}

function collect(answer: IncomingMessage): () => Buffer {
  const chunks: Buffer[] = []
  let bytes = 0
  answer.on('data', (chunk: Buffer) => {
    if (bytes < KEEP_BYTES) chunks.push(chunk)
    bytes += chunk.length
  })
  return () => Buffer.concat(chunks)
}

const exchangeOf = (
  {
    base,
    method,
    path,
    headers,
    startedAt,
  }: { base: string; method: string; path: string; headers: HeaderList; startedAt: number },
  answer: IncomingMessage,
  rawBody: Buffer,
): Exchange => ({
  call: { method, path, headers },
  base,
  startedAt,
  endedAt: realTime(),
  status: answer.statusCode ?? 0,
  statusText: answer.statusMessage ?? '',
  headers: pairsOf(answer.rawHeaders),
  trailers: pairsOf(answer.rawTrailers),
  early: [],
  rawBody,
  ...(answer.complete ? {} : { failure: 'cut short' }),
})

/** The browser's headers as they are, without those of the connection, and the edge's own in place of any that look like them. */
function forwardedHeaders(request: IncomingMessage, { origin, client }: Forwarding): HeaderList {
  return [
    ...pairsOf(request.rawHeaders).filter(
      ([name]) =>
        !HOP_BY_HOP.has(name.toLowerCase()) &&
        !name.toLowerCase().startsWith('x-forwarded-') &&
        name.toLowerCase() !== 'accept-encoding',
    ),
    // Only what the harness can decode again to search it.
    ['Accept-Encoding', 'gzip, deflate, br'],
    ['Connection', 'close'],
    ['X-Forwarded-For', client],
    ['X-Forwarded-Host', origin.host],
    ['X-Forwarded-Proto', origin.protocol.slice(0, -1)],
  ]
}

/** Joins a WebSocket with the instance; a refusal is the instance's own. */
export function forwardUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  about: Forwarding,
): void {
  const { hostname, port } = new URL(about.base)
  const upstream = connect(Number(port), hostname.replace(/^\[|\]$/g, ''))
  const lines = [
    `${request.method ?? 'GET'} ${request.url ?? '/'} HTTP/1.1`,
    ...pairsOf(request.rawHeaders).map(([name, value]) => `${name}: ${value}`),
    `X-Forwarded-For: ${about.client}`,
    `X-Forwarded-Proto: ${about.origin.protocol.slice(0, -1)}`,
  ]
  upstream.write(`${lines.join('\r\n')}\r\n\r\n`)
  upstream.write(head)
  upstream.pipe(socket).pipe(upstream)
  upstream.on('error', () => socket.destroy())
  socket.on('error', () => upstream.destroy())
}

/** Node's flat raw headers as pairs. */
export const pairsOf = (raw: readonly string[]): HeaderList =>
  raw.flatMap((name, index): HeaderList => (index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : []))
