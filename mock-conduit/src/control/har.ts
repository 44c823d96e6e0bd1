import type { BodyDigest, JournalEntry } from './types.ts'

interface Bases {
  api: string
  storage: string
}

/** The journal as HTTP Archive 1.2, which browsers' network panels and HAR viewers open. What HAR has no field for is under `_mock`. */
export function toHar(entries: readonly JournalEntry[], bases: Bases) {
  return {
    log: {
      version: '1.2',
      creator: { name: 'mock-conduit', version: '0.1.0' },
      entries: entries.map((entry) => harEntry(entry, bases)),
    },
  }
}

function harEntry(entry: JournalEntry, bases: Bases) {
  const { seq, world, instance, side, operation, token, close, fault, gate, hint } = entry
  const time = entry.durationMs ?? 0
  return {
    startedDateTime: new Date(entry.startedAt).toISOString(),
    time,
    request: harRequest(entry, new URL(bases[side]).origin),
    response: harResponse(entry),
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    _mock: { seq, world, instance, side, operation, token, close, fault, gate, hint },
  }
}

function harRequest(entry: JournalEntry, origin: string) {
  const { method, path, requestHeaders, requestBody } = entry
  const at = path.indexOf('?')
  const query = new URLSearchParams(at < 0 ? '' : path.slice(at))
  return {
    method,
    url: origin + path,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: named(requestHeaders),
    queryString: named(query),
    headersSize: -1,
    bodySize: requestBody.bytes,
    ...(requestBody.bytes > 0
      ? { postData: { mimeType: typeOf(requestHeaders), text: requestBody.text ?? '' } }
      : {}),
  }
}

function harResponse(entry: JournalEntry) {
  const { status, responseHeaders, responseBody, bytesWritten } = entry
  return {
    status,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: named(responseHeaders),
    redirectURL: valueOf(responseHeaders, 'location'),
    headersSize: -1,
    bodySize: bytesWritten,
    content: contentOf(responseBody, typeOf(responseHeaders)),
  }
}

function contentOf(body: BodyDigest, mimeType: string) {
  const text = body.text === undefined ? {} : { text: body.text }
  return { size: body.bytes, mimeType, ...text, _sha256: body.sha256 }
}

function named(pairs: Iterable<[string, string]>) {
  return Array.from(pairs, ([name, value]) => ({ name, value }))
}

function typeOf(headers: [string, string][]): string {
  return valueOf(headers, 'content-type') || 'application/octet-stream'
}

function valueOf(headers: [string, string][], wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? ''
}
