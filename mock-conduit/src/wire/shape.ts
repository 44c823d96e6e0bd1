import { ByteString, utf8 } from './byte-string.ts'
import type { CookieSpec } from './route.ts'

export type Shaped =
  | { kind: 'json'; body: ByteString; cookies: CookieSpec[] }
  | { kind: 'redirect'; location: string; cookies: CookieSpec[] }

/** What a handler may return besides its body. */
interface Envelope {
  result?: unknown
  redirect?: unknown
  setCookies?: CookieSpec[]
  removeCookies?: CookieSpec[]
}

/** Turns a handler's result into an answer: bytes are JSON already, strings are wrapped, `result` and `redirect` unwrapped. Source: HM/Rest/Rest.ts:203-255, MT/routing/wrapRouterFunctions.ts:115-162. */
export function shapeResult(result: unknown): Shaped {
  if (result === undefined || result === null) throw new Error('Handler did not return a response')
  if (result instanceof ByteString) return { kind: 'json', body: result, cookies: [] }
  if (typeof result === 'string') return json(parsedOr(result), [])
  if (typeof result !== 'object' || Array.isArray(result)) return json(result, [])
  const envelope: Envelope = result
  const cookies = [...(envelope.removeCookies ?? []), ...(envelope.setCookies ?? [])]
  if (typeof envelope.redirect === 'string' && envelope.redirect !== '')
    return { kind: 'redirect', location: envelope.redirect, cookies }
  if (envelope.result)
    return typeof envelope.result === 'string'
      ? json(parsedOr(envelope.result), cookies)
      : json(envelope.result, cookies)
  const { setCookies: _set, removeCookies: _removed, ...body } = envelope
  return json(
    cookies.length > 0 || 'setCookies' in envelope || 'removeCookies' in envelope ? body : result,
    cookies,
  )
}

/** How JSON can start; saves most strings a failing parse. */
const jsonStart = /^\s*[[{"\-0-9tfn]/

function parsedOr(text: string): unknown {
  if (!jsonStart.test(text)) return { result: text }
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return { result: text }
  }
}

function json(value: unknown, cookies: CookieSpec[]): Shaped {
  return { kind: 'json', body: new ByteString(utf8(JSON.stringify(value))), cookies }
}

/** `Set-Cookie` as express writes it (package cookie): name, percent-encoded value, Max-Age, Domain, Path, Expires, HttpOnly, Secure, SameSite. */
export function cookieHeader(cookie: CookieSpec, now: number): string {
  const { options } = cookie
  const parts = [`${cookie.name}=${encodeURIComponent(cookie.value)}`]
  if (options.maxAgeSeconds !== undefined) parts.push(`Max-Age=${options.maxAgeSeconds}`)
  if (options.domain) parts.push(`Domain=${options.domain}`)
  parts.push(`Path=${options.path === undefined || options.path === '' ? '/' : options.path}`)
  if (options.expired) parts.push('Expires=Thu, 01 Jan 1970 00:00:00 GMT')
  else if (options.maxAgeSeconds !== undefined)
    parts.push(`Expires=${new Date(now + options.maxAgeSeconds * 1000).toUTCString()}`)
  if (options.httpOnly) parts.push('HttpOnly')
  if (options.secure) parts.push('Secure')
  if (options.sameSite) parts.push(`SameSite=${options.sameSite}`)
  return parts.join('; ')
}
