import { ConduitError } from '../wire/conduit-error.ts'
import type { RouteContext } from '../wire/route.ts'

/** Thrown for every refusal of an access token: 401 with Conduit's text. */
export function unauthorized(message: string): ConduitError {
  return new ConduitError('UNAUTHENTICATED', message)
}

const split = new Map<string, readonly string[]>()
const REMEMBERED = 1_000

/** An `Authorization` header at its spaces. A client sends the same one again and again, and the token store knows the string best that it has seen before. */
export function headerParts(header: string): readonly string[] {
  let parts = split.get(header)
  if (!parts) {
    parts = header.split(' ')
    if (split.size >= REMEMBERED) split.clear()
    split.set(header, parts)
  }
  return parts
}

/**
 * The token of a request: `Authorization: Bearer <token>` (exact case, one space), else the cookie. A header that is there and not empty wins
 * even when it is bad. Undefined when the header is empty and there is no cookie; a JSON cookie may be anything. Throws Conduit's 401s. Source: A/utils/index.ts:69-96.
 */
export function readToken(
  { request, cookies }: Pick<RouteContext, 'request' | 'cookies'>,
  kind: 'access' | 'refresh',
): unknown {
  const header = request.headers['authorization']
  const cookie = cookies[`${kind}Token`]
  if (header === undefined && cookie === undefined)
    throw unauthorized(`No 'Authorization' header or '${kind}Token' cookie present`)
  if (header === undefined || header === '') return cookie
  const parts = headerParts(header)
  if (parts.length !== 2) throw unauthorized("'Authorization' header malformed")
  if (parts[0] !== 'Bearer')
    throw unauthorized("The 'Authorization' header must be prefixed by 'Bearer '")
  return parts[1] === '' ? cookie : parts[1]
}
