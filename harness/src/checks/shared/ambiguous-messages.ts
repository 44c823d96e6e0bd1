import type { WireCall } from '../../instruments/http-exchange.ts'
import { rawRequest } from '../../instruments/raw-http.ts'

/** What an ambiguous message is made of. */
export interface Ingredients {
  /** The request that the message begins with. */
  outer: WireCall
  /** A second request of the kind, for a server that reads on. */
  again: string
  /** A request to the backend itself, for a BFF that passes bytes on. */
  upstream: string
}

export interface AmbiguousMessage {
  about: string
  write: (from: Ingredients) => string
}

const FRAMING = ['content-length', 'transfer-encoding', 'connection']
const CLOSE = 'Connection: close\r\n'
const CHUNKED = 'Transfer-Encoding: chunked\r\n'
const LAST_CHUNK = '0\r\n\r\n'

/**
 * Messages whose end two readers see in different places. Where a server may answer them it is asked to close afterwards,
 * for what follows is then nobody's request; where it must refuse them (RFC 9112 section 6.3) it is not.
 */
export const ambiguousMessages: readonly AmbiguousMessage[] = [
  {
    about: 'a length beside chunks that end earlier',
    write: ({ outer, upstream }) => {
      const body = chunk(textOf(outer)) + LAST_CHUNK + upstream
      return message(outer, `${CLOSE}${length(body)}${CHUNKED}`, body)
    },
  },
  {
    about: 'a length that is shorter than the chunks',
    write: ({ outer, upstream }) =>
      message(
        outer,
        `${CLOSE}${length(textOf(outer))}${CHUNKED}`,
        chunk(textOf(outer) + upstream) + LAST_CHUNK,
      ),
  },
  {
    about: 'two lengths',
    write: ({ outer, again }) =>
      message(outer, length(textOf(outer)) + length(textOf(outer) + again), textOf(outer) + again),
  },
  {
    about: 'a list of lengths',
    write: ({ outer, again }) =>
      message(
        outer,
        `Content-Length: ${textOf(outer).length}, ${(textOf(outer) + again).length}\r\n`,
        textOf(outer) + again,
      ),
  },
  {
    // Servers that read it as the number it looks like (the JDK's) agree with every proxy that lets it through.
    about: 'a length with a sign',
    write: ({ outer, again }) =>
      message(outer, `${CLOSE}Content-Length: +${textOf(outer).length}\r\n`, textOf(outer) + again),
  },
  {
    about: 'an encoding that nobody knows',
    write: ({ outer, again }) => {
      const body = LAST_CHUNK + again
      return message(outer, `${length(body)}Transfer-Encoding: xchunked\r\n`, body)
    },
  },
  {
    about: 'chunks named after a bare line feed',
    write: ({ outer, upstream }) => {
      const body = LAST_CHUNK + upstream
      return message(outer, `${CLOSE}${length(body)}X-Bffc: a\n${CHUNKED}`, body)
    },
  },
  {
    about: 'chunks named on a folded line',
    write: ({ outer, upstream }) => {
      const body = LAST_CHUNK + upstream
      return message(outer, `${CLOSE}${length(body)}Transfer-Encoding:\r\n chunked\r\n`, body)
    },
  },
  {
    about: 'chunks with extensions',
    write: ({ outer }) =>
      message(outer, CLOSE + CHUNKED, chunk(textOf(outer), ';bffc=1;b="c d"') + LAST_CHUNK),
  },
  {
    about: 'an extension with a bare line feed',
    write: ({ outer, upstream }) =>
      message(outer, CLOSE + CHUNKED, chunk(textOf(outer), ';bffc=\n') + LAST_CHUNK + upstream),
  },
  {
    about: 'chunks within chunks',
    write: ({ outer, upstream }) =>
      message(
        outer,
        CLOSE + CHUNKED,
        chunk(chunk(textOf(outer)) + LAST_CHUNK + upstream) + LAST_CHUNK,
      ),
  },
]

/** Reads with a body, whose end is plain: it belongs to the read, and is no request of its own (RFC 9110 section 9.3.1). */
export const bodiesOfReads: readonly AmbiguousMessage[] = [
  {
    about: 'a body that looks like a request',
    write: ({ outer, again }) => message(outer, length(again), again),
  },
  {
    about: 'a chunk that looks like a request',
    write: ({ outer, again }) => message(outer, CHUNKED, chunk(again) + LAST_CHUNK),
  },
]

const textOf = ({ body }: WireCall) => body?.toString('latin1') ?? ''

const message = (outer: WireCall, lines: string, body: string) =>
  rawRequest(outer, { without: FRAMING, lines, body })

const length = (body: string) => `Content-Length: ${body.length}\r\n`

const chunk = (text: string, extension = '') =>
  `${text.length.toString(16)}${extension}\r\n${text}\r\n`
