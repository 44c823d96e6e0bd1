import type { Awaitable } from './awaitable.ts'
import type { FaultEffect } from './control/types.ts'
import type { WireResponse } from './wire/message.ts'
import type { Hit } from './world/faults.ts'

/** The answer under a fault. `before`: of the fault's own, state untouched. `after`, additions, and sockets that need a body: the handler runs first. */
export async function applyFault(
  { fault, removed }: Hit,
  serve: () => Awaitable<WireResponse>,
): Promise<WireResponse> {
  const { effect } = fault
  if ('socket' in effect) {
    const { socket: how, afterBytes = 0, chunkBytes = 1 } = effect
    const bare = fault.when !== 'after' && how === 'reset' && afterBytes === 0
    const base = bare ? { status: 0, headers: [], body: null } : await serve()
    return { ...base, cut: { how, afterBytes, chunkBytes, removed } }
  }
  if (!('status' in effect)) return addTo(await serve(), effect)
  if (fault.when === 'after') await serve()
  return ownAnswer(effect)
}

type StatusEffect = Extract<FaultEffect, { status: number }>

const names: Record<number, string> = {
  400: 'INVALID_ARGUMENTS',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  429: 'RATE_LIMIT',
}

function ownAnswer(effect: StatusEffect): WireResponse {
  const { status, message = 'Fault armed through the control API', conduitCode } = effect
  const name = names[status] ?? 'INTERNAL_SERVER_ERROR'
  const error = { name, status, message, ...(conduitCode ? { conduitCode } : {}) }
  const body = Buffer.from(effect.body ?? JSON.stringify(error))
  const own = flatten(effect.headers ?? {})
  const given = new Set(own.map(([header]) => header.toLowerCase()))
  const headers: WireResponse['headers'] = [...own]
  if (!given.has('content-type'))
    headers.unshift(['Content-Type', 'application/json; charset=utf-8'])
  if (!given.has('content-length') && !given.has('transfer-encoding'))
    headers.push(['Content-Length', String(body.length)])
  return { status, headers, body }
}

type Addition = Extract<FaultEffect, { addHeaders?: unknown }>

function addTo(response: WireResponse, effect: Addition): WireResponse {
  const added = flatten(effect.addHeaders ?? {})
  const replaced = new Set(added.map(([name]) => name.toLowerCase()))
  replaced.delete('set-cookie')
  const kept = response.headers.filter(([name]) => !replaced.has(name.toLowerCase()))
  if (effect.replaceBody === undefined) return { ...response, headers: [...kept, ...added] }
  const body = Buffer.from(effect.replaceBody)
  const unsized = kept.filter(([name]) => !/^(?:content-length|transfer-encoding)$/i.test(name))
  const sized = replaced.has('content-length') ? [] : [length(body)]
  return { ...response, headers: [...unsized, ...added, ...sized], body }
}

function length(body: Buffer): [string, string] {
  return ['Content-Length', String(body.length)]
}

function flatten(headers: Record<string, string | string[]>): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each]),
  )
}
