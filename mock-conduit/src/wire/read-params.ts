import { parse as parseQuery } from 'node:querystring'
import { parse as parseCookies } from 'cookie'

/** A repeated parameter of which one value is a comma: Conduit takes the list for a string and fails. */
export class QueryBroken extends TypeError {
  constructor() {
    super('req.query[k].split is not a function')
  }
}

/** Throws QueryBroken. Reads a query as Conduit does: flat, `[]` cut from keys, a value with a comma split whatever its type, `populate` always a list. Source: HM/Rest/util.ts:32-84. */
export function readQuery(query: string): Record<string, unknown> {
  const params: Record<string, unknown> = {}
  if (query === '') return params
  for (const [rawKey, value] of Object.entries(parseQuery(query))) {
    const bracket = rawKey.indexOf('[]')
    const key = bracket >= 0 ? rawKey.slice(0, bracket) : rawKey
    if (Array.isArray(value) && value.includes(',')) throw new QueryBroken()
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

/** The cookies of a request, as cookie-parser reads them with the same library: first of a name wins, values percent-decoded where they decode, and what stands behind `j:` is JSON. */
export function readCookies(header: string | undefined): Record<string, unknown> {
  const cookies: Record<string, unknown> = header ? parseCookies(header) : {}
  for (const [name, value] of Object.entries(cookies)) cookies[name] = jsonOr(value)
  return cookies
}

/** What JSON has no truth in stays the text that it is. Source: package cookie-parser 1.4 (JSONCookies). */
function jsonOr(text: unknown): unknown {
  if (typeof text !== 'string' || !text.startsWith('j:')) return text
  try {
    const value: unknown = JSON.parse(text.slice(2))
    if (value) return value
  } catch {
    // as any other text
  }
  return text
}
