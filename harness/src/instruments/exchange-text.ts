import type { Haystack } from './canary-scan.ts'
import { decodedBody, headersNamed, type Exchange } from './http-exchange.ts'

/** Every text of an answer in which a secret could sit: status line, headers, 1xx, trailers, body (as sent and decoded), cookies put together. */
export function haystacksOf(exchange: Exchange): Haystack[] {
  const decoded = decodedBody(exchange)
  return [
    { where: 'status line', text: exchange.statusText },
    ...exchange.headers.map(([name, value]) => ({ where: `header ${name}`, text: value })),
    ...exchange.early.map(([name, value]) => ({ where: `1xx header ${name}`, text: value })),
    ...exchange.trailers.map(([name, value]) => ({ where: `trailer ${name}`, text: value })),
    { where: 'headers put together', text: unusualHeaders(exchange) },
    ...joinedChunks(cookiePairs(headersNamed(exchange.headers, 'set-cookie'))),
    { where: 'body', text: exchange.rawBody.toString('latin1') },
    ...(decoded === undefined || decoded === exchange.rawBody
      ? []
      : [{ where: 'body', text: decoded.toString('latin1') }]),
  ]
}

/** Name and value of `Set-Cookie` headers, as written. */
export const cookiePairs = (setCookies: readonly string[]): [name: string, value: string][] =>
  setCookies.map((header) => {
    const [pair = ''] = header.split(';')
    const at = pair.indexOf('=')
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
  })

/** A secret cut into `name.0`, `name.1` … or `name_0` … is whole again when the pieces are joined; so are all cookies in their order. */
export function joinedChunks(cookies: readonly [name: string, value: string][]): Haystack[] {
  const groups = new Map<string, string[]>([
    ['all cookies in order', cookies.map(([, value]) => value)],
  ])
  for (const [name, value] of cookies) {
    const stem = name.replace(/[._-]?\d+$/, '')
    if (stem !== name)
      groups.set(`cookies ${stem}*`, [...(groups.get(`cookies ${stem}*`) ?? []), value])
  }
  return [...groups]
    .filter(([, values]) => values.length > 1)
    .flatMap(([where, values]) => [
      { where, text: values.join('') },
      { where, text: values.map(percentDecoded).join('') },
    ])
}

const percentDecoded = (value: string) =>
  value.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )

const ORDINARY = new Set([
  'date',
  'content-type',
  'content-length',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'vary',
  'etag',
  'set-cookie',
])

const unusualHeaders = (exchange: Exchange) =>
  exchange.headers
    .filter(([name]) => !ORDINARY.has(name.toLowerCase()))
    .map(([, value]) => value)
    .join('')
