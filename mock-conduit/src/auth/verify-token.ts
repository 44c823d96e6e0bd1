import type { JsonWebToken } from './sign-token.ts'
import { isFields } from '../is-object.ts'

/**
 * Checks a JWT the world did not make, with the library Conduit checks all tokens with: its `authorized` claim, or undefined for what
 * the library or Conduit refuses. `now` in milliseconds. Source: A/utils/index.ts:119-125, A/routes/middleware.ts:49-58.
 */
export function verifyForeign(
  { verify }: JsonWebToken,
  token: string,
  { secret, now }: { secret: string; now: number },
): { authorized: boolean } | undefined {
  try {
    const payload: unknown = verify(token, secret, { clockTimestamp: Math.floor(now / 1000) })
    if (!payload || typeof payload === 'string') return undefined
    return { authorized: isFields(payload) && Boolean(payload['authorized']) }
  } catch {
    return undefined
  }
}
