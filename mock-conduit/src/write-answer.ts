import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isBuffer, type WireResponse } from './wire/message.ts'
import { realDelay } from './world/clock.ts'
import type { Served } from './exchange.ts'
import type { OpenEntry } from './world/journal.ts'

interface Answer extends Served {
  incoming: IncomingMessage
  outgoing: ServerResponse
}

const DRIP_INTERVAL_MS = 5

/** Writes an answer to the socket as node would, or as an armed fault or body gate wants it; reports bytes and the end to the journal. */
export function writeAnswer(answer: Answer): void {
  const { outgoing, response, entry, journal } = answer
  outgoing.once('close', () => {
    const how =
      answer.response.cut && answer.response.cut.how !== 'drip'
        ? 'cut-by-fault'
        : outgoing.writableFinished
          ? 'complete'
          : 'client-aborted'
    journal.close(entry, how)
  })
  if (outgoing.destroyed || outgoing.socket?.destroyed) {
    journal.close(entry, 'client-aborted')
    return
  }
  if (response.cut?.how === 'reset' && response.cut.afterBytes === 0) {
    outgoing.socket?.resetAndDestroy()
    return
  }
  outgoing.writeHead(response.status, response.headers.flat())
  const plain =
    !response.cut && !response.hold && (response.body === null || isBuffer(response.body))
  if (plain) {
    if (isBuffer(response.body) && answer.incoming.method !== 'HEAD')
      entry.bytesWritten = response.body.length
    outgoing.end(isBuffer(response.body) ? response.body : undefined)
    journal.changed()
    return
  }
  outgoing.flushHeaders()
  journal.changed()
  void stream(answer).catch(() => outgoing.destroy())
}

async function stream(answer: Answer): Promise<void> {
  const { outgoing, response, entry } = answer
  const cut = response.cut
  let left = cut && cut.how !== 'drip' ? cut.afterBytes : Infinity
  const hold = response.hold
  let untilHold = hold ? hold.afterBytes : Infinity
  for await (const chunk of pieces(response, cut?.how === 'drip' ? cut.chunkBytes : Infinity)) {
    let rest = chunk
    while (rest.length > 0) {
      const take = Math.min(rest.length, left, untilHold)
      if (take > 0) await send(outgoing, rest.subarray(0, take), entry)
      rest = rest.subarray(take)
      left -= take
      untilHold -= take
      if (left <= 0) return end(answer)
      if (untilHold <= 0) {
        untilHold = Infinity
        await hold?.arrive()
      }
      if (outgoing.destroyed) return
    }
    if (cut?.how === 'drip') await realDelay(DRIP_INTERVAL_MS)
  }
  if (untilHold !== Infinity && untilHold > 0) await hold?.arrive()
  if (cut && cut.how !== 'drip') end(answer)
  else outgoing.end()
}

/** What is left to do once a fault has let its share through. */
function end({ outgoing, response }: Answer): void {
  if (response.cut?.how === 'reset') outgoing.socket?.resetAndDestroy()
  else if (response.cut?.how === 'truncate') outgoing.socket?.destroySoon()
}

async function* pieces(response: WireResponse, most: number): AsyncGenerator<Uint8Array> {
  const { body } = response
  if (body === null) return
  for await (const chunk of isBuffer(body) ? [body] : body) {
    if (chunk.length <= most) yield chunk
    else for (let at = 0; at < chunk.length; at += most) yield chunk.subarray(at, at + most)
  }
}

async function send(outgoing: ServerResponse, bytes: Uint8Array, entry: OpenEntry): Promise<void> {
  if (outgoing.destroyed) return
  const flowing = outgoing.write(bytes)
  entry.bytesWritten += bytes.length
  if (flowing) return
  const closed = new AbortController()
  const onClose = () => {
    closed.abort()
  }
  outgoing.once('close', onClose)
  await once(outgoing, 'drain', { signal: closed.signal }).catch(() => undefined)
  outgoing.off('close', onClose)
}
