import { ByteString } from './byte-string.ts'

/** A request as it came over the wire, before anything is normalised away. */
export interface WireRequest {
  method: string
  /** Path as sent, without query and without the world's prefix; never decoded or resolved. */
  path: string
  /** After the first `?`, empty if there is none. */
  query: string
  /** Path and query as sent, with the world's prefix: what the journal shows. */
  target: string
  /** Lower-case names, joined as node joins them. */
  headers: Record<string, string | undefined>
  /** In order, in the case sent. */
  rawHeaders: [name: string, value: string][]
  /** The same as one flat list of names and values, where that is what is at hand: the journal keeps it until somebody asks. */
  flatHeaders?: readonly string[] | undefined
  remoteAddress: string
  /** Label of the port it came in on. */
  instance: string
  /** Reads the whole body; rejects with BodyTooLarge past `limit` bytes. Call once. */
  readBody(limit: number): Promise<Buffer>
  /** Aborted when the client goes away. */
  signal: AbortSignal
}

/** A flat list of names and values in pairs. */
export function headerPairs(flat: readonly string[]): HeaderList {
  const list: HeaderList = []
  for (let at = 0; at < flat.length; at += 2) list.push([flat[at] ?? '', flat[at + 1] ?? ''])
  return list
}

/** Pairs as the flat list that node's `writeHead` takes. */
export function flatHeaders(headers: Readonly<HeaderList>): string[] {
  const flat: string[] = []
  for (const [name, value] of headers) flat.push(name, value)
  return flat
}

/** What `readBody` rejects with past its limit. */
export class BodyTooLarge extends Error {}

export type HeaderList = [name: string, value: string][]

/** A body that is at hand. */
export type WholeBody = Buffer | ByteString

/** Bytes, or a stream of them that stops when its consumer does. */
export type WireBody = WholeBody | AsyncIterable<Uint8Array> | null

export interface SocketCut {
  how: 'reset' | 'truncate' | 'stall' | 'drip'
  afterBytes: number
  chunkBytes: number
  /** Aborted when the fault is taken away: a stalled socket is cut then. */
  removed: AbortSignal
}

export interface WireResponse {
  readonly status: number
  readonly headers: HeaderList
  readonly body: WireBody
  /** What a fault does to the socket while this answer is sent. */
  readonly cut?: SocketCut
  /** Holds the body after so many bytes until the promise that `arrive` returns settles (gates). */
  readonly hold?: { readonly afterBytes: number; readonly arrive: () => Promise<void> }
}

/** Whether a body is at hand, not a stream and not absent. */
export function isWhole(body: WireBody): body is WholeBody {
  return body instanceof ByteString || Buffer.isBuffer(body)
}

export function bytesOf(body: WholeBody): Buffer {
  return Buffer.isBuffer(body) ? body : body.bytes()
}
