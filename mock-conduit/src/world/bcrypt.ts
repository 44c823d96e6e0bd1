const BCRYPT_BYTES = 72

/** The bytes of a secret that bcrypt reads: no further than the 72nd, so a longer one is known by its start. */
export function readByBcrypt(secret: string): Buffer {
  return Buffer.from(secret).subarray(0, BCRYPT_BYTES)
}
