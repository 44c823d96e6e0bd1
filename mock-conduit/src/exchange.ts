import type { Fault, FaultEffect, JournalEntry } from './control/types.ts'
import { isBuffer, type WireRequest, type WireResponse } from './wire/message.ts'
import type { Subject } from './world/faults.ts'
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
  const { world, request } = exchange
  const entry = world.journal.open(request, exchange)
  entry.hint = exchange.hint
  const subject: Subject = {
    operation: exchange.operation,
    instance: request.instance,
    token: exchange.token,
  }
  const fault = world.faults.hit(subject)
  if (fault) entry.fault = fault.id
  await passGate(exchange, entry, { subject, at: 'request' })
  const answered: (() => void)[] = []
  const serve = () => exchange.serve(entry, (listener) => answered.push(listener))
  const response = fault ? await applyFault(fault, serve) : await serve()
  await passGate(exchange, entry, { subject, at: 'answer', status: response.status })
  for (const listener of answered) listener()
  const bodyGate = world.gates.find(subject, 'body', response.status)
  if (bodyGate) {
    entry.gate = bodyGate.id
    response.hold = {
      afterBytes: bodyGate.afterBytes ?? 0,
      arrive: () => world.gates.wait(bodyGate.id, request.signal),
    }
  }
  entry.response = response
  if (isBuffer(response.body)) entry.responseBody = response.body
  return { response, entry, journal: world.journal }
}

async function passGate(
  exchange: Exchange,
  entry: OpenEntry,
  stop: { subject: Subject; at: 'request' | 'answer'; status?: number },
): Promise<void> {
  const { world, request } = exchange
  const gate = world.gates.find(stop.subject, stop.at, stop.status)
  if (!gate) return
  entry.gate = gate.id
  await world.gates.wait(gate.id, request.signal)
}

/** `before`: an answer of the fault's own, state untouched. `after`, sockets and additions: the handler runs first. */
async function applyFault(fault: Fault, serve: () => Promise<WireResponse>): Promise<WireResponse> {
  const { effect } = fault
  if ('socket' in effect) {
    const base =
      fault.when === 'after' || effect.socket !== 'reset'
        ? await serve()
        : { status: 200, headers: [], body: null }
    return {
      ...base,
      cut: {
        how: effect.socket,
        afterBytes: effect.afterBytes ?? 0,
        chunkBytes: effect.chunkBytes ?? 1,
      },
    }
  }
  if (!('status' in effect)) return addTo(await serve(), effect)
  if (fault.when === 'after') await serve()
  return ownAnswer(effect)
}

const names: Record<number, string> = {
  400: 'INVALID_ARGUMENTS',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  429: 'RATE_LIMIT',
}

function ownAnswer(effect: Extract<FaultEffect, { status: number }>): WireResponse {
  const { status } = effect
  const error = {
    name: names[status] ?? 'INTERNAL_SERVER_ERROR',
    status,
    message: effect.message ?? 'Fault armed through the control API',
    ...(effect.conduitCode ? { conduitCode: effect.conduitCode } : {}),
  }
  const body = Buffer.from(effect.body ?? JSON.stringify(error))
  const own = flatten(effect.headers ?? {})
  const typed = own.some(([name]) => name.toLowerCase() === 'content-type')
  const type: [string, string][] = typed
    ? []
    : [['Content-Type', 'application/json; charset=utf-8']]
  return { status, headers: [...type, ...own, ['Content-Length', String(body.length)]], body }
}

function addTo(
  response: WireResponse,
  effect: { addHeaders?: Record<string, string | string[]>; replaceBody?: string },
): WireResponse {
  const added = flatten(effect.addHeaders ?? {})
  const replaced = new Set(
    added.map(([name]) => name.toLowerCase()).filter((name) => name !== 'set-cookie'),
  )
  const kept = response.headers.filter(([name]) => !replaced.has(name.toLowerCase()))
  if (effect.replaceBody === undefined) return { ...response, headers: [...kept, ...added] }
  const body = Buffer.from(effect.replaceBody)
  const sized = [...kept, ...added].filter(([name]) => name.toLowerCase() !== 'content-length')
  return { ...response, headers: [...sized, ['Content-Length', String(body.length)]], body }
}

function flatten(headers: Record<string, string | string[]>): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each): [string, string] => [name, each]),
  )
}
