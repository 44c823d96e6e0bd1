import { applyFault } from './fault-effect.ts'
import type { JournalEntry } from './control/types.ts'
import { isBuffer, type WireRequest, type WireResponse } from './wire/message.ts'
import type { Subject } from './world/faults.ts'
import type { Place } from './world/gates.ts'
import type { Journal, OpenEntry } from './world/journal.ts'
import type { World } from './world/world.ts'

/** What the engine knows of a request before it answers it. */
export interface Exchange {
  world: World
  request: WireRequest
  side: 'api' | 'storage'
  operation: string
  token: JournalEntry['token']
  hint?: string | undefined
  /** Makes the normal answer. */
  serve: (entry: OpenEntry, onAnswered: (listener: () => void) => void) => Promise<WireResponse>
}

export interface Served {
  response: WireResponse
  /** The socket adapter reports bytes and the end here. */
  entry: OpenEntry
  journal: Journal
}

/** One request through journal, faults and gates; the same for the Client API and the byte server. */
export async function runExchange(exchange: Exchange): Promise<Served> {
  const { journal } = exchange.world
  const entry = journal.open(exchange.request, exchange)
  try {
    return { response: await answer(exchange, entry), entry, journal }
  } catch (error) {
    if (!exchange.request.signal.aborted) {
      journal.close(entry, 'cut-by-fault')
      throw error
    }
    journal.close(entry, 'client-aborted')
    return { response: { status: 499, headers: [], body: null }, entry, journal }
  }
}

/** Asks faults and gates only while some are armed. */
async function answer(exchange: Exchange, entry: OpenEntry): Promise<WireResponse> {
  const { world, request } = exchange
  const { faults, gates } = world
  const hit = faults.armed ? faults.hit(subjectOf(exchange)) : undefined
  if (hit) entry.fault = hit.fault.id
  if (gates.armed) await pass(gates.enter(subjectOf(exchange), 'request'), request, entry)
  const answered: (() => void)[] = []
  const serve = () => exchange.serve(entry, (listener) => answered.push(listener))
  const response = hit ? await applyFault(hit, serve) : await serve()
  if (gates.armed)
    await pass(gates.enter(subjectOf(exchange), 'answer', response.status), request, entry)
  for (const listener of answered) listener()
  const place = gates.armed ? gates.enter(subjectOf(exchange), 'body', response.status) : undefined
  if (place) {
    entry.gate = place.gateId
    const arrive = () => place.wait(request.signal)
    response.hold = { afterBytes: place.afterBytes, arrive }
  }
  if (isBuffer(response.body)) entry.responseBody = response.body
  return response
}

async function pass(
  place: Place | undefined,
  request: WireRequest,
  entry: OpenEntry,
): Promise<void> {
  if (!place) return
  entry.gate = place.gateId
  await place.wait(request.signal)
}

function subjectOf({ operation, token, request }: Exchange): Subject {
  return { operation, instance: request.instance, token }
}
