import type { World } from '../../world/world.ts'
import * as answers from '../answers.ts'
import { ControlError } from '../control-error.ts'
import { toHar } from '../har.ts'
import { operation } from '../operation.ts'
import { journalRead, journalWait, quietQuery } from '../schemas.ts'
import type { JournalEntry, JournalQuery } from '../types.ts'
import { waitUntil } from '../wait-until.ts'

export const journalOperations = [
  operation({
    method: 'GET',
    path: '/journal',
    summary: 'Requests the world received, in order of arrival.',
    query: journalRead,
    answer: answers.journal,
    handle({ world, query: { format, ...query } }) {
      const entries = read(world, query)
      if (format === 'ndjson') return ndjson(entries)
      if (format === 'har') return Response.json(toHar(entries, world.urls))
      return { entries, lastSeq: world.journal.lastSeq }
    },
  }),
  operation({
    method: 'GET',
    path: '/journal/wait',
    summary: 'Answers when at least `count` matching requests have been answered.',
    query: journalWait,
    answer: answers.journal,
    async handle({ world, signal, query: { count, timeoutMs, ...query } }) {
      const counter = world.journal.count(query)
      const enough = () => (counter.ended() >= count ? true : undefined)
      const watch = (listener: () => void) => world.journal.watch(listener)
      const reached = await waitUntil(enough, { watch, timeoutMs, signal })
      counter.stop()
      if (reached) return { entries: read(world, query), lastSeq: world.journal.lastSeq }
      throw new ControlError(
        408,
        'TIMED_OUT',
        `Waited ${timeoutMs} ms for ${count} answered requests that match ${JSON.stringify(query)}; there are ${counter.ended()}.`,
      )
    },
  }),
  operation({
    method: 'GET',
    path: '/quiet',
    summary: 'Answers when no request is in flight.',
    query: quietQuery,
    answer: answers.done,
    async handle({ world: { journal }, signal, query: { timeoutMs } }) {
      const idle = () => (journal.inFlight === 0 ? true : undefined)
      const watch = (listener: () => void) => journal.watch(listener)
      if (await waitUntil(idle, { watch, timeoutMs, signal })) return {}
      throw new ControlError(
        408,
        'TIMED_OUT',
        `After ${timeoutMs} ms ${journal.inFlight} requests are still in flight; GET /__mock/journal shows them as "open".`,
      )
    },
  }),
]

function read(world: World, query: JournalQuery): JournalEntry[] {
  try {
    return world.journal.query(query)
  } catch (error) {
    if (error instanceof RangeError) throw new ControlError(410, 'EVICTED', error.message)
    throw error
  }
}

function ndjson(entries: JournalEntry[]): Response {
  const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
  return new Response(lines, { headers: { 'Content-Type': 'application/x-ndjson' } })
}
