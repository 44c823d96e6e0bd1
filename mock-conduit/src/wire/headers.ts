import { createHash } from 'node:crypto'
import type { ConduitConfig } from '../world/config.ts'
import { ByteString } from './byte-string.ts'
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
    headers = [...corsHeaders(cors, origin), ...helmetHeaders]
    if (byOrigin.size < KEPT_ORIGINS) byOrigin.set(origin, headers)
  }
  return headers
}

/** CORS headers of an ordinary answer; an empty list of exposed headers is no header. Source: R/security/index.ts:29-46, package cors 2.8.6. */
function corsHeaders(cors: Cors, origin: string | undefined): HeaderList {
  if (!cors.enabled || cors.origin === '') return []
  return [...originHeaders(cors, origin), ...credentialHeaders(cors), ...exposedHeaders(cors)]
}

/** The whole answer to any OPTIONS while CORS is on. Without allowed headers of its own it allows those that are asked for. */
export function preflightHeaders(
  cors: Cors,
  request: { origin: string | undefined; requested: string | undefined },
): HeaderList {
  const ofOrigin = originHeaders(cors, request.origin)
  const reflects = cors.allowedHeaders === ''
  const allowed = reflects ? (request.requested ?? '') : cors.allowedHeaders
  const vary = ofOrigin.filter(([name]) => name === 'Vary').map(([, value]) => value)
  if (reflects) vary.push('Access-Control-Request-Headers')
  return [
    ['X-Powered-By', 'Express'],
    ...ofOrigin.filter(([name]) => name !== 'Vary'),
    ...unlessEmpty('Vary', vary.join(', ')),
    ...credentialHeaders(cors),
    ['Access-Control-Allow-Methods', cors.methods],
    ...unlessEmpty('Access-Control-Allow-Headers', allowed),
    ['Access-Control-Max-Age', String(cors.maxAge)],
    ...exposedHeaders(cors),
    ['Content-Length', '0'],
  ]
}

function credentialHeaders(cors: Cors): HeaderList {
  return cors.credentials ? [['Access-Control-Allow-Credentials', 'true']] : []
}

function exposedHeaders(cors: Cors): HeaderList {
  return unlessEmpty('Access-Control-Expose-Headers', cors.exposedHeaders)
}

function unlessEmpty(name: string, value: string): HeaderList {
  return value === '' ? [] : [[name, value]]
}

function originHeaders(cors: Cors, origin: string | undefined): HeaderList {
  if (cors.origin === '*') return [['Access-Control-Allow-Origin', '*']]
  const list = cors.origin.split(',')
  if (list.length === 1)
    return [
      ['Access-Control-Allow-Origin', cors.origin],
      ['Vary', 'Origin'],
    ]
  return origin !== undefined && list.includes(origin)
    ? [
        ['Access-Control-Allow-Origin', origin],
        ['Vary', 'Origin'],
      ]
    : [['Vary', 'Origin']]
}

/** Express' weak ETag: length in hex and the first 27 characters of the SHA-1 in base64 (package etag 1.8). */
export function weakEtag(body: WholeBody): string {
  if (body.length === 0) return 'W/"0-2jmj7l5rSw0yVb/vlWAYkK/YBwk"'
  const sha1 = createHash('sha1')
  if (body instanceof ByteString) sha1.update(body.text, 'latin1')
  else sha1.update(body)
  return `W/"${body.length.toString(16)}-${sha1.digest('base64').slice(0, 27)}"`
}
