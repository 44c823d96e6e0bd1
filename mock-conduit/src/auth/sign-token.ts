import type { AccessClaims } from '../wire/route.ts'

/** jose and keys load with the first token, to keep start-up short. */
const loadJose = () => import('jose')

/** HS256 over Conduit's claims in Conduit's order, header exactly `{"alg":"HS256","typ":"JWT"}`. `padding` adds a claim `pad` of so many characters. */
export async function signAccessToken(
  claims: AccessClaims,
  secret: string,
  padding = 0,
): Promise<string> {
  const { SignJWT } = await loadJose()
  const { id, authorized, sudo, iat, exp } = claims
  const payload = {
    id,
    authorized,
    sudo,
    iat,
    exp,
    ...(padding > 0 ? { pad: 'x'.repeat(padding) } : {}),
  }
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(Buffer.from(secret))
}

/** Checks a JWT the world did not make: its `authorized` claim when signature and `exp` hold, undefined otherwise. `now` in milliseconds. Source: A/utils/index.ts (verify). */
export async function verifyForeignToken(
  token: string,
  secret: string,
  now: number,
): Promise<{ authorized: boolean } | undefined> {
  if (!isCanonical(token.slice(token.lastIndexOf('.') + 1))) return undefined
  const { jwtVerify } = await loadJose()
  try {
    const { payload } = await jwtVerify(token, Buffer.from(secret), {
      algorithms: ['HS256', 'HS384', 'HS512'],
      currentDate: new Date(now),
    })
    return { authorized: Boolean(payload['authorized']) }
  } catch {
    return undefined
  }
}

/** jsonwebtoken compares signatures as text; jose would also take one whose unused last bits differ. */
function isCanonical(signature: string): boolean {
  return Buffer.from(signature, 'base64url').toString('base64url') === signature
}
