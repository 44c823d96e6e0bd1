import type { AccessClaims } from '../wire/route.ts'

export type JsonWebToken = typeof import('jsonwebtoken')

let loading: Promise<JsonWebToken> | undefined

/** jsonwebtoken, which Conduit signs and verifies with; it loads with the first token, to keep start-up short. */
export function loadJsonWebToken(): Promise<JsonWebToken> {
  return (loading ??= import('jsonwebtoken').then((module) => module.default))
}

/**
 * HS256 over Conduit's claims in Conduit's order; `padding` adds a claim `pad` of so many characters. Rejects with the library's texts
 * without a secret, and for a life that is no whole number of seconds. Source: A/handlers/tokenProvider.ts:185-218.
 */
export async function signToken(
  { id, authorized, sudo, iat, exp }: AccessClaims,
  { secret, padding }: { secret: string; padding: number },
): Promise<string> {
  const { sign } = await loadJsonWebToken()
  const pad = padding > 0 ? { pad: 'x'.repeat(padding) } : {}
  return sign({ id, authorized, sudo, iat, ...pad }, secret, { expiresIn: exp - iat })
}
