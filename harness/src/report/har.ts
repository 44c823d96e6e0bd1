import type { Evidence, ShownBody, ShownHeaders, WireCall } from '../evidence/evidence.ts'

const named = (pairs: Iterable<readonly [string, string]>) =>
  Array.from(pairs, ([name, value]) => ({ name, value }))

const valueOf = (headers: ShownHeaders, wanted: string) =>
  headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? ''

/** What went over the wire as HTTP Archive 1.2, which network panels open; what HAR has no field for is under `_harness`. */
export function harOf(evidence: Evidence, comment: string): string {
  return JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 'bff-harness', version: '0.1.0' },
      comment,
      entries: evidence.calls.map(harEntry),
    },
  })
}

function harEntry(call: WireCall) {
  const { from, to, instance, startedAt, endedAt, failure, provoked } = call
  const time = endedAt === undefined ? 0 : Math.max(0, endedAt - startedAt)
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time,
    request: harRequest(call),
    response: {
      status: call.status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: named(call.responseHeaders),
      content: contentOf(call.responseBody),
      redirectURL: valueOf(call.responseHeaders, 'location'),
      headersSize: -1,
      bodySize: call.responseBody.bytes,
    },
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    _harness: { from, to, instance, failure, provoked },
  }
}

function harRequest({ method, origin, path, requestHeaders, requestBody }: WireCall) {
  const at = path.indexOf('?')
  return {
    method,
    url: origin + path,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: named(requestHeaders),
    queryString: named(new URLSearchParams(at < 0 ? '' : path.slice(at))),
    headersSize: -1,
    bodySize: requestBody.bytes,
    ...(requestBody.bytes > 0
      ? { postData: { mimeType: requestBody.type, text: requestBody.text ?? '' } }
      : {}),
  }
}

const contentOf = ({ bytes, type, text }: ShownBody) => ({
  size: bytes,
  mimeType: type,
  ...(text === undefined ? {} : { text }),
})
