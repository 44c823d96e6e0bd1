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
  flatHeaders?: readonly string[]
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

export class BodyTooLarge extends Error {}

export type HeaderList = [name: string, value: string][]

/** Bytes, or a stream of them that stops when its consumer does. */
export type WireBody = Buffer | AsyncIterable<Uint8Array> | null

export interface SocketCut {
  how: 'reset' | 'truncate' | 'stall' | 'drip'
  afterBytes: number
  chunkBytes: number
  /** Aborted when the fault is taken away: a stalled socket is cut then. */
  removed: AbortSignal
}

export interface WireResponse {
  status: number
  headers: HeaderList
  body: WireBody
  /** What a fault does to the socket while this answer is sent. */
  cut?: SocketCut
  /** Holds the body after so many bytes until the promise that `arrive` returns settles (gates). */
  hold?: { afterBytes: number; arrive: () => Promise<void> }
}

export function isBuffer(body: WireBody): body is Buffer {
  return Buffer.isBuffer(body)
}
