import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import type { BffContext, Parts, Services } from '../services.ts'
import type { StorageAnswer } from '../storage.ts'
import { wrappedRoute } from './change-answer.ts'
import { rebuilt } from './rebuild.ts'

const MOST_BYTES = 100_000

/** The parts with a preview that keeps small files in memory and gives them again unasked, to whoever asks for the same name. */
export function keptBytes(
  parts: Parts,
  nameOf: (c: BffContext, services: Services) => Promise<string>,
): Parts {
  const kept = new Map<string, { answer: StorageAnswer; bytes: Buffer }>()
  return wrappedRoute(parts, 'preview', (_, services) => async (c) => {
    const { deliver, previewHeaders } = services
    const name = await nameOf(c, services)
    const known = kept.get(name)
    if (known) {
      const answer = { ...known.answer, body: Readable.from([known.bytes]) }
      return deliver(c, answer, { headers: previewHeaders(answer, false), decode: undefined })
    }
    return rebuilt(services, parts, {
      async deliver(context, answer, delivery) {
        if (answer.status !== 200 || delivery.decode) return deliver(context, answer, delivery)
        const bytes = await buffer(answer.body)
        if (bytes.length < MOST_BYTES) kept.set(name, { answer, bytes })
        return deliver(context, { ...answer, body: Readable.from([bytes]) }, delivery)
      },
    }).preview(c)
  })
}
