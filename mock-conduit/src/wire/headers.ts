import { createHash } from 'node:crypto'
import type { ConduitConfig } from '../world/config.ts'
import type { HeaderList } from './message.ts'

/** Helmet 8.2's defaults, in the order it sets them. Source: R/security/index.ts:47. */
export const helmetHeaders: HeaderList = [
  ['Content-Security-Policy', "default-src 'self';base-uri 'self';font-src 'self' https: data:;form-action 'self';frame-ancestors 'self';img-src 'self' data:;object-src 'none';script-src 'self';script-src-attr 'none';style-src 'self' https: 'unsafe-inline';upgrade-insecure-requests"],
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

/** CORS headers of an ordinary answer. Source: R/security/index.ts:29-46, package cors 2.8.6. */
export function corsHeaders(cors: Cors, origin: string | undefined): HeaderList {
  if (!cors.enabled) return []
  return [
    ...originHeaders(cors, origin),
    ...(cors.credentials ? [['Access-Control-Allow-Credentials', 'true'] as [string, string]] : []),
    ['Access-Control-Expose-Headers', cors.exposedHeaders],
  ]
}

/** The whole answer to any OPTIONS while CORS is on. */
export function preflightHeaders(cors: Cors, origin: string | undefined): HeaderList {
  return [
    ['X-Powered-By', 'Express'],
    ...originHeaders(cors, origin),
    ...(cors.credentials ? [['Access-Control-Allow-Credentials', 'true'] as [string, string]] : []),
    ['Access-Control-Allow-Methods', cors.methods],
    ['Access-Control-Allow-Headers', cors.allowedHeaders],
    ['Access-Control-Max-Age', String(cors.maxAge)],
    ['Access-Control-Expose-Headers', cors.exposedHeaders],
    ['Content-Length', '0'],
  ]
}

function originHeaders(cors: Cors, origin: string | undefined): HeaderList {
  if (cors.origin === '*') return [['Access-Control-Allow-Origin', '*']]
  const list = cors.origin.split(',')
  if (list.length === 1) return [['Access-Control-Allow-Origin', cors.origin], ['Vary', 'Origin']]
  return origin !== undefined && list.includes(origin)
    ? [['Access-Control-Allow-Origin', origin], ['Vary', 'Origin']]
    : [['Vary', 'Origin']]
}

/** Express' weak ETag: length in hex and the first 27 characters of the SHA-1 in base64 (package etag 1.8). */
export function weakEtag(body: Buffer): string {
  if (body.length === 0) return 'W/"0-2jmj7l5rSw0yVb/vlWAYkK/YBwk"'
  return `W/"${body.length.toString(16)}-${createHash('sha1').update(body).digest('base64').slice(0, 27)}"`
}

const EXPRESS_PAGE_CSP = "default-src 'none'"

/** Express' final handler: the HTML page of a 400 or 404. */
export function errorPage(text: string): Buffer {
  return Buffer.from(
    `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n<pre>${text}</pre>\n</body>\n</html>\n`,
  )
}

/** Helmet's and CORS' headers stay on the error page, but for its CSP. */
export function errorPageHeaders(base: HeaderList, length: number): HeaderList {
  const kept = base.map(([name, value]): [string, string] => (name === 'Content-Security-Policy' ? [name, EXPRESS_PAGE_CSP] : [name, value]))
  return [...kept, ['Content-Type', 'text/html; charset=utf-8'], ['Content-Length', String(length)]]
}

/** package escape-html, as finalhandler uses it. */
export function escapeHtml(text: string): string {
  return text.replace(/["&'<>]/g, (char) => ({ '"': '&quot;', '&': '&amp;', "'": '&#39;', '<': '&lt;', '>': '&gt;' })[char] ?? char)
}
