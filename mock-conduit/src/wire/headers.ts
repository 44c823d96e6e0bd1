import { createHash } from 'node:crypto'
import type { ConduitConfig } from '../world/config.ts'
import { ByteString } from './byte-string.ts'
import { crossOrigin } from './cross-origin.ts'
import type { HeaderList, WholeBody } from './message.ts'

/** Helmet 8.2's defaults, in the order it sets them. Source: R/security/index.ts:47. */
export const helmetHeaders: HeaderList = [
  [
    'Content-Security-Policy',
    "default-src 'self';base-uri 'self';font-src 'self' https: data:;form-action 'self';frame-ancestors 'self';img-src 'self' data:;object-src 'none';script-src 'self';script-src-attr 'none';style-src 'self' https: 'unsafe-inline';upgrade-insecure-requests",
  ],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Origin-Agent-Cluster', '?1'],
  ['Referrer-Policy', 'no-referrer'],
  ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-DNS-Prefetch-Control', 'off'],
  ['X-Download-Options', 'noopen'],
  ['X-Frame-Options', 'SAMEORIGIN'],
  ['X-Permitted-Cross-Domain-Policies', 'none'],
  ['X-XSS-Protection', '0'],
]

type Cors = ConduitConfig['router']['cors']

const kept = new WeakMap<Cors, Map<string | undefined, HeaderList>>()
/** Origins are the client's to choose. */
const KEPT_ORIGINS = 100

/** CORS and helmet headers, as most answers begin; made once for each config and origin, so that answers share them. */
export function commonHeaders(cors: Cors, origin: string | undefined): HeaderList {
  const byOrigin = kept.get(cors) ?? new Map<string | undefined, HeaderList>()
  kept.set(cors, byOrigin)
  let headers = byOrigin.get(origin)
  if (!headers) {
    headers = [...crossOrigin(cors, { method: 'GET', headers: { origin } }), ...helmetHeaders]
    if (byOrigin.size < KEPT_ORIGINS) byOrigin.set(origin, headers)
  }
  return headers
}

/** Express' weak ETag: length in hex and the first 27 characters of the SHA-1 in base64. The package etag (1.8) wants a Buffer or UTF-8: 4 µs more for a list of 20. */
export function weakEtag(body: WholeBody): string {
  if (body.length === 0) return 'W/"0-2jmj7l5rSw0yVb/vlWAYkK/YBwk"'
  const sha1 = createHash('sha1')
  if (body instanceof ByteString) sha1.update(body.text, 'latin1')
  else sha1.update(body)
  return `W/"${body.length.toString(16)}-${sha1.digest('base64').slice(0, 27)}"`
}
