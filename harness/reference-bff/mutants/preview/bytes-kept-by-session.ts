import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { rebuilt } from '../rebuild.ts'
import type { StorageAnswer } from '../../storage.ts'

export const bytesKeptBySession = defineMutant({
  name: 'bytes-kept-by-session',
  defect:
    'Small files are kept in memory for the session that read them, and given to it again unasked.',
  kills: { 'PREVIEW-15': /^a preview that worked before/ },
  apply: (parts) => {
    const kept = new Map<string, { answer: StorageAnswer; bytes: Buffer }>()
    return wrappedRoute(parts, 'preview', (_, services) => async (c) => {
      const id = c.req.param('id') ?? ''
      const { deliver, sessions, previewHeaders } = services
      const { key } = await sessions.require(c.req.header('cookie'))
      const name = `${key} ${id}`
      const known = kept.get(name)
      if (known) {
        const answer = { ...known.answer, body: Readable.from([known.bytes]) }
        return deliver(c, answer, { headers: previewHeaders(answer, false), decode: undefined })
      }
      return rebuilt(services, parts, {
        async deliver(context, answer, delivery) {
          if (answer.status !== 200 || delivery.decode) return deliver(context, answer, delivery)
          const bytes = await buffer(answer.body)
          if (bytes.length < 100_000) kept.set(name, { answer, bytes })
          return deliver(context, { ...answer, body: Readable.from([bytes]) }, delivery)
        },
      }).preview(c)
    })
  },
})
