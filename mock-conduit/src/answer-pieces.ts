import { bytesOf, isWhole, type WireResponse } from './wire/message.ts'
import { realDelay } from './world/clock.ts'

/** Real milliseconds between two pieces of a `drip`. */
const DRIP_INTERVAL_MS = 5

/**
 * The body as it is to be sent: cut into pieces by a `drip`, held where a body gate stands, ended early by another socket fault.
 * Waits at a gate end when the client goes away; the caller stops reading then.
 */
export async function* answerPieces({
  body,
  cut,
  hold,
}: Pick<WireResponse, 'body' | 'cut' | 'hold'>): AsyncGenerator<Uint8Array> {
  const drip = cut?.how === 'drip'
  let left = cut && !drip ? cut.afterBytes : Infinity
  let untilHold = hold ? hold.afterBytes : Infinity
  if (untilHold === 0) await hold?.arrive()
  if (untilHold === 0) untilHold = Infinity
  if (left === 0 || body === null) return
  for await (const chunk of isWhole(body) ? [bytesOf(body)] : body) {
    let rest = chunk
    while (rest.length > 0) {
      const most = drip ? cut.chunkBytes : Infinity
      const piece = rest.subarray(0, Math.min(rest.length, left, untilHold, most))
      yield piece
      rest = rest.subarray(piece.length)
      left -= piece.length
      untilHold -= piece.length
      if (untilHold === 0) {
        await hold?.arrive()
        untilHold = Infinity
      }
      if (left === 0) return
      if (drip && rest.length > 0) await realDelay(DRIP_INTERVAL_MS, cut.removed)
    }
  }
  if (untilHold !== Infinity) await hold?.arrive()
}
