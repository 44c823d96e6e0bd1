import { createHmac } from 'node:crypto'
import { isFields } from './user-model.ts'

/** What jsonwebtoken takes for a token at all. Source: jws 4, lib/verify-stream.js. */
const form = /^[\w-]+\.[\w-]+\.[\w-]+$/

const hashes: Readonly<Record<string, string>> = {
  HS256: 'sha256',
  HS384: 'sha384',
  HS512: 'sha512',
}

/**
 * Checks a JWT the world did not make, by the rules of Conduit's library: its `authorized` claim when signature, `exp` and `nbf` hold,
 * undefined otherwise. Other claims, `crit` and the kind of JSON do not matter to it. Source: A/utils/index.ts:119-125, jsonwebtoken 9, verify.js.
 */
export function verifyForeign(
  token: string,
  secret: string,
  now: number,
): { authorized: boolean } | undefined {
  if (!form.test(token) || secret === '') return undefined
  const [head = '', body = '', signature] = token.split('.')
  const header = parsed(Buffer.from(head, 'base64').toString('latin1'))
  const alg = isFields(header) ? header['alg'] : undefined
  const hash = typeof alg === 'string' && Object.hasOwn(hashes, alg) ? hashes[alg] : undefined
  if (hash === undefined || !isFields(header)) return undefined
  if (createHmac(hash, secret).update(`${head}.${body}`).digest('base64url') !== signature)
    return undefined
  const payload = parsed(Buffer.from(body, 'base64').toString())
  if (isFields(payload))
    return inTime(payload, Math.floor(now / 1000)) ? claimOf(payload) : undefined
  return header['typ'] === 'JWT' && typeof payload !== 'string' && payload
    ? { authorized: false }
    : undefined
}

function claimOf(payload: Readonly<Record<string, unknown>>): { authorized: boolean } {
  return { authorized: Boolean(payload['authorized']) }
}

function inTime({ nbf, exp }: Readonly<Record<string, unknown>>, second: number): boolean {
  const begun = nbf === undefined || (typeof nbf === 'number' && nbf <= second)
  const lasts = exp === undefined || (typeof exp === 'number' && second < exp)
  return begun && lasts
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
