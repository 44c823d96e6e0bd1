import fc from 'fast-check'
import { hostileText, jsonText, looseValue, wellFormed } from './hostile-values.ts'
import type { FuzzRequest } from './request.ts'

const encode = (text: string) => encodeURIComponent(wellFormed(text))

/** Requests to the byte server: signed URLs whole, bent and made up. */
export const storageRequest: fc.Arbitrary<FuzzRequest> = fc.record({
  side: fc.constant('storage' as const),
  method: fc.constantFrom('GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'PATCH'),
  path: fc.oneof(
    fc.constantFrom(
      '{{signedPath}}',
      '{{signedPath}}',
      '/',
      '/conduit/..%2f..%2fetc',
      '/%00',
      '//',
    ),
    hostileText.map((text) => `/conduit/${encode(text)}`),
  ),
  query: fc.oneof(
    fc.constantFrom('{{signedQuery}}', '{{signedQuery}}', '{{signedQuery}}&x=1', ''),
    fc
      .tuple(hostileText, hostileText)
      .map(([sig, at]) => `sig=${encode(sig)}&expires=${encode(at)}`),
  ),
  headers: fc.array(
    fc.constantFrom<[string, string]>(
      ['range', 'bytes=0-3'],
      ['range', 'bytes=-1'],
      ['range', 'bytes=5-2'],
      ['range', 'bytes=99999999999999999999-'],
      ['if-none-match', '*'],
      ['if-modified-since', 'never'],
      ['if-match', '"x"'],
      ['content-type', 'a/b; c'],
    ),
    { maxLength: 2 },
  ),
  body: fc.constant(undefined),
})

/** Requests to the control API that neither hold other requests back nor break them on purpose (gates, faults). */
export const controlRequest: fc.Arbitrary<FuzzRequest> = fc.record({
  side: fc.constant('control' as const),
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
  path: fc
    .constantFrom(
      'seed',
      'documents/Post',
      'documents/__proto__',
      'users',
      'users/x/expire',
      'tokens',
      'files',
      'journal',
      'outbox',
      'clock',
      'nothing',
      'openapi.json',
      '',
    )
    .map((path) => `/__mock/${path}`),
  query: fc.oneof(
    fc.constant(''),
    fc
      .tuple(fc.constantFrom('user', 'operation', 'since', 'format', 'side'), hostileText)
      .map(([name, text]) => `${name}=${encode(text)}`),
  ),
  headers: fc.constant<[string, string][]>([['content-type', 'application/json']]),
  body: looseValue.map(jsonText),
})
