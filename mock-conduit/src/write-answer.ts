import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerPieces } from './answer-pieces.ts'
import type { Served } from './exchange.ts'
import { flatHeaders, isWhole, type WholeBody } from './wire/message.ts'
import { realDelay } from './world/clock.ts'
import { StreamDigest } from './world/body-digest.ts'

/** Real milliseconds: a client that finds bytes and RST at once may take the RST for an end. */
const BEFORE_RESET_MS = 10

interface Answer extends Served {
  incoming: IncomingMessage
  outgoing: ServerResponse
}

/** Writes an answer to the socket as node would, or as an armed fault or body gate wants it; reports bytes and the end to the journal. */
export function writeAnswer(answer: Answer): void {
  const { incoming, outgoing, response, entry, journal } = answer
  if (outgoing.destroyed || outgoing.socket?.destroyed) {
    journal.close(entry, 'client-aborted')
    return
  }
  outgoing.once('close', () => {
    journal.close(entry, ending(answer))
  })
  const { cut, hold, body } = response
  if (cut?.how === 'reset' && cut.afterBytes === 0) {
    incoming.socket.resetAndDestroy()
    return
  }
  entry.status = response.status
  entry.responseHeaders = response.headers
  outgoing.writeHead(response.status, flatHeaders(response.headers))
  if (!cut && !hold && (body === null || isWhole(body))) {
    if (body !== null && incoming.method !== 'HEAD') entry.bytesWritten = body.length
    if (body === null) outgoing.end()
    else outgoing.end(latin1(body), 'latin1')
    return
  }
  outgoing.flushHeaders()
  stream(answer).catch(() => outgoing.destroy())
}

/** Text keeps every byte as latin1, and lets node send head and body in one write instead of two. */
function latin1(body: WholeBody): string {
  return Buffer.isBuffer(body) ? body.toString('latin1') : body.text
}

function ending({ response, outgoing }: Answer): 'cut-by-fault' | 'complete' | 'client-aborted' {
  if (response.cut && response.cut.how !== 'drip') return 'cut-by-fault'
  return outgoing.writableFinished ? 'complete' : 'client-aborted'
}

async function stream(answer: Answer): Promise<void> {
  const { incoming, outgoing, response, entry } = answer
  const headless = incoming.method === 'HEAD'
  const tap = isWhole(response.body) ? undefined : new StreamDigest()
  if (tap) entry.responseBody = tap
  for await (const piece of answerPieces(response)) {
    if (outgoing.destroyed) return
    if (headless) continue
    tap?.add(piece)
    entry.bytesWritten += piece.length
    if (!outgoing.write(piece)) await drained(outgoing)
  }
  finish(answer)
}

async function drained(outgoing: ServerResponse): Promise<void> {
  const closed = new AbortController()
  const onClose = () => {
    closed.abort()
  }
  outgoing.once('close', onClose)
  await once(outgoing, 'drain', { signal: closed.signal }).catch(() => undefined)
  outgoing.off('close', onClose)
}

/** What is left to do once the body, or the share of it that a fault lets through, is written. */
function finish({ incoming, outgoing, response: { cut } }: Answer): void {
  const { socket } = incoming
  if (!cut || cut.how === 'drip') outgoing.end()
  else if (cut.how === 'truncate') socket.destroySoon()
  else if (cut.how === 'reset')
    void realDelay(BEFORE_RESET_MS, cut.removed).then(() => socket.resetAndDestroy())
  else if (cut.removed.aborted) socket.destroy()
  else cut.removed.addEventListener('abort', () => socket.destroy(), { once: true })
}
