import type { webcrypto } from 'node:crypto'
import type { AccessClaims } from '../wire/route.ts'

type Key = webcrypto.CryptoKey

/** Signs the access tokens of one world. jose loads with the first token, to keep start-up short; a key is made ready once per secret. */
export class Signer {
  #jose: Promise<typeof import('jose')> | undefined
  #ready: { secret: string; key: Promise<Key> } | undefined

  /** HS256 over Conduit's claims in Conduit's order, header exactly `{"alg":"HS256","typ":"JWT"}`. `padding` adds a claim `pad` of so many characters. */
  async sign(claims: AccessClaims, secret: string, padding: number): Promise<string> {
    const { SignJWT } = await this.#loadJose()
    const { id, authorized, sudo, iat, exp } = claims
    const pad = padding > 0 ? { pad: 'x'.repeat(padding) } : {}
    return new SignJWT({ id, authorized, sudo, iat, exp, ...pad })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .sign(await this.#keyFor(secret))
  }

  #loadJose(): Promise<typeof import('jose')> {
    return (this.#jose ??= import('jose'))
  }

  #keyFor(secret: string): Promise<Key> {
    if (this.#ready?.secret !== secret) this.#ready = { secret, key: importKey(secret) }
    return this.#ready.key
  }
}

function importKey(secret: string): Promise<Key> {
  return crypto.subtle.importKey(
    'raw',
    Buffer.from(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
}
