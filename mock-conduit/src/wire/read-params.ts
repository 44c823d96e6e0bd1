import { parse as parseQuery } from 'node:querystring'

/** Reads a query as Conduit does: flat, `[]` cut from keys, a value with a comma split whatever its type, `populate` always a list. Source: HM/Rest/util.ts:32-84. */
export function readQuery(query: string): Record<string, unknown> {
  const params: Record<string, unknown> = {}
  if (query === '') return params
  for (const [rawKey, value] of Object.entries(parseQuery(query))) {
    const bracket = rawKey.indexOf('[]')
    const key = bracket > 0 ? rawKey.slice(0, bracket) : rawKey
    if (key === '__proto__') continue
    params[key] = typeof value === 'string' && value.includes(',') ? value.split(',') : value
  }
  if (typeof params['populate'] === 'string') params['populate'] = [params['populate']]
  return params
}

/** Express decodes path params; a bad escape is its URIError. */
export function decodeUrlParams(raw: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, decodeParam(value)]))
}

function decodeParam(value: string): string {
  if (!value.includes('%')) return value
  try {
    return decodeURIComponent(value)
  } catch {
    throw new URIError(`Failed to decode param '${value}'`)
  }
}

/** package cookie: first of a name wins, values percent-decoded where they decode. */
export function readCookies(header: string | undefined): Record<string, string> {
  const cookies: Record<string, string> = {}
  if (!header) return cookies
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=')
    if (at < 0) continue
    const name = pair.slice(0, at).trim()
    if (name === '__proto__' || Object.hasOwn(cookies, name)) continue
    const raw = pair
      .slice(at + 1)
      .trim()
      .replace(/^"(.*)"$/, '$1')
    cookies[name] = decodeCookie(raw)
  }
  return cookies
}

function decodeCookie(raw: string): string {
  try {
    return decodeURIComponent(raw)
  } catch {
    return raw
  }
}
