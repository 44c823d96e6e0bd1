import { isUtf8 } from 'node:buffer'
import type { JournalEntry } from 'mock-conduit'
import {
  decodedBody,
  headerOf,
  type Exchange,
  type HeaderList,
} from '../instruments/http-exchange.ts'
import type { SecretGuard } from '../instruments/secret-guard.ts'
import type { ShownBody, WireCall } from './evidence.ts'
import { shownHeaders } from './shown-headers.ts'

/** Where each party listens. */
export interface Origins {
  /** Base URL of each instance, in order. */
  instances: readonly string[]
  /** URL of the backend for instance 0, 1 … */
  conduit: readonly string[]
  storage: string
}

/** More of a body is looked at than is shown, so that no secret is cut in two by the end of it. */
const LOOKED_AT = 64 * 1024
const SHOWN = 2 * 1024

/** A request of the browser's. */
export function fromExchange(exchange: Exchange, origins: Origins, guard: SecretGuard): WireCall {
  const { call, base, status, headers, startedAt, endedAt, failure, cause } = exchange
  const index = origins.instances.indexOf(base)
  return {
    from: 'browser',
    to: 'bff',
    instance: `i${index < 0 ? 1 : index + 1}`,
    method: call.method,
    path: guard(call.path),
    origin: base,
    requestHeaders: shownHeaders(call.headers, guard),
    requestBody: bodyOf(call.body ?? Buffer.alloc(0), call.headers, guard),
    status,
    responseHeaders: shownHeaders([...headers, ...exchange.trailers], guard),
    responseBody: {
      ...bodyOf(decodedBody(exchange) ?? exchange.rawBody, headers, guard),
      bytes: exchange.rawBody.length,
    },
    startedAt,
    endedAt,
    provoked: [],
    ...(failure === undefined
      ? {}
      : { failure: cause === undefined ? failure : `${failure} (${guard(cause)})` }),
  }
}

/** A request of the BFF's. */
export function fromEntry(entry: JournalEntry, origins: Origins, guard: SecretGuard): WireCall {
  const { side, instance, method, path, status, durationMs, receivedAt, close } = entry
  const index = Number(/^i(\d+)$/.exec(instance)?.[1] ?? 1) - 1
  return {
    from: 'bff',
    to: side === 'api' ? 'conduit' : 'storage',
    instance,
    method,
    path: guard(path),
    origin: new URL(side === 'api' ? (origins.conduit[index] ?? '') : origins.storage).origin,
    requestHeaders: shownHeaders(entry.requestHeaders, guard),
    requestBody: digestOf(entry.requestBody, entry.requestHeaders, guard),
    status,
    responseHeaders: shownHeaders(entry.responseHeaders, guard),
    responseBody: digestOf(entry.responseBody, entry.responseHeaders, guard),
    startedAt: receivedAt,
    endedAt: durationMs === null ? undefined : receivedAt + durationMs,
    provoked: [
      ...(entry.fault === undefined ? [] : ['fault']),
      ...(entry.gate === undefined ? [] : ['held']),
    ],
    ...(close === 'complete' || close === 'open' ? {} : { failure: close }),
  }
}

const typeOf = (headers: HeaderList) => headerOf(headers, 'content-type') ?? ''

function bodyOf(bytes: Buffer, headers: HeaderList, guard: SecretGuard): ShownBody {
  const shown = { bytes: bytes.length, type: typeOf(headers) }
  const head = bytes.subarray(0, LOOKED_AT)
  if (head.length === 0 || head.includes(0)) return shown
  const text = head.toString('utf8')
  return head.length === bytes.length && !isUtf8(head)
    ? shown
    : { ...shown, text: guard(text).slice(0, SHOWN) }
}

function digestOf(
  { bytes, text }: JournalEntry['requestBody'],
  headers: HeaderList,
  guard: SecretGuard,
): ShownBody {
  const shown = { bytes, type: typeOf(headers) }
  return text === undefined || text === '' ? shown : { ...shown, text: guard(text).slice(0, SHOWN) }
}
