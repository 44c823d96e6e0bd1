import { andThen, type Awaitable } from './awaitable.ts'
import { applyFault } from './fault-effect.ts'
import type { JournalEntry } from './control/types.ts'
import { isWhole, type WireRequest, type WireResponse } from './wire/message.ts'
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
  serve: (entry: OpenEntry, onAnswered: (listener: () => void) => void) => Awaitable<WireResponse>
}

export interface Served {
  response: WireResponse
  /** The socket adapter reports bytes and the end here. */
  entry: OpenEntry
  journal: Journal
}

/** One request through journal, faults and gates; the same for the Client API and the byte server. At once, unless something has to be waited for. */
export function runExchange(exchange: Exchange): Awaitable<Served> {
  const { journal } = exchange.world
  const entry = journal.open(exchange.request, exchange)
  const served = (response: WireResponse): Served => ({ response, entry, journal })
  const failed = (error: unknown): Served => {
    if (!exchange.request.signal.aborted) {
      journal.close(entry, 'cut-by-fault')
      throw error
    }
    journal.close(entry, 'client-aborted')
    return served({ status: 499, headers: [], body: null })
  }
  try {
    const response = answer(exchange, entry)
    return response instanceof Promise ? response.then(served, failed) : served(response)
  } catch (error) {
    return failed(error)
  }
}

/** Asks faults and gates only while some are armed. */
function answer(exchange: Exchange, entry: OpenEntry): Awaitable<WireResponse> {
  const { faults, gates } = exchange.world
  const hit = faults.armed ? faults.hit(subjectOf(exchange)) : undefined
  if (hit) entry.fault = hit.fault.id
  const answered: (() => void)[] = []
  const serve = () => exchange.serve(entry, (listener) => answered.push(listener))
  const serveOrFail = () => (hit ? applyFault(hit, serve) : serve())
  const response = gates.armed
    ? andThen(pass(gates.enter(subjectOf(exchange), 'request'), exchange, entry), serveOrFail)
    : serveOrFail()
  return andThen(response, (made) =>
    gates.armed
      ? andThen(
          pass(gates.enter(subjectOf(exchange), 'answer', made.status), exchange, entry),
          () => leave(made, answered),
        )
      : leave(made, answered),
  )

  function leave(made: WireResponse, listeners: readonly (() => void)[]): WireResponse {
    for (const listener of listeners) listener()
    const leaving = gates.armed ? heldBelow(exchange, entry, made) : made
    if (isWhole(leaving.body)) entry.responseBody = leaving.body
    return leaving
  }
}

/** The answer with a hold in its body, where a gate stands there. */
function heldBelow(exchange: Exchange, entry: OpenEntry, response: WireResponse): WireResponse {
  const place = exchange.world.gates.enter(subjectOf(exchange), 'body', response.status)
  if (!place) return response
  entry.gate = place.gateId
  const arrive = () => place.wait(exchange.request.signal)
  return { ...response, hold: { afterBytes: place.afterBytes, arrive } }
}

function pass(place: Place | undefined, { request }: Exchange, entry: OpenEntry): Awaitable<void> {
  if (!place) return undefined
  entry.gate = place.gateId
  return place.wait(request.signal)
}

function subjectOf({ operation, token, request }: Exchange): Subject {
  return { operation, instance: request.instance, token }
}
