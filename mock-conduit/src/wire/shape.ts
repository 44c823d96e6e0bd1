import { serialize } from 'cookie'
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

/**
 * `Set-Cookie` as express' `res.cookie` and `res.clearCookie` write it; `now` in milliseconds. What express cannot write is an error
 * whose text Conduit keeps to itself. Source: express 5.2.1, lib/response.js (cookie, clearCookie); H/Rest/Rest.ts:204-221.
 */
export function cookieHeader({ name, value, options }: CookieSpec, now: number): string {
  const { maxAgeMs, expired, signed, sameSite, path, ...attributes } = options
  try {
    if (signed) throw new Error('express signs no cookie without a secret')
    return serialize(name, value, {
      ...attributes,
      ...(expired ? { expires: new Date(0) } : lifeOf(maxAgeMs, now)),
      path: path === undefined || path === '' ? '/' : path,
      sameSite: siteOf(sameSite),
    })
  } catch (error) {
    throw new Error('', { cause: error })
  }
}

function lifeOf(maxAgeMs: number | undefined, now: number) {
  if (maxAgeMs === undefined) return {}
  return { maxAge: Math.floor(maxAgeMs / 1000), expires: new Date(now + maxAgeMs) }
}

function siteOf(text = ''): 'lax' | 'strict' | 'none' | undefined {
  const site = text.toLowerCase()
  if (site === 'lax' || site === 'strict' || site === 'none') return site
  if (site !== '') throw new TypeError('option sameSite is invalid')
  return undefined
}
