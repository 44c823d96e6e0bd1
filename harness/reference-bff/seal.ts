import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Encrypts what the vault stores. */
export interface Seal {
  /** `about` must be the same again when it is opened, so that a value cannot be moved to another key. */
  close(text: string, about: string): string
  /** Undefined when the value was made with another secret, for another key, or changed. */
  open(sealed: string, about: string): string | undefined
}

const IV_BYTES = 12
const TAG_BYTES = 16

/** AES-256-GCM with a key derived from the session password. */
export function createSeal(password: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', password, '', 'bff vault', 32))
  return {
    close(text, about) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
    },
    open(sealed, about) {
      try {
        const bytes = Buffer.from(sealed, 'base64url')
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES))
        decipher.setAAD(Buffer.from(about))
        decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
        const body = bytes.subarray(IV_BYTES + TAG_BYTES)
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
      } catch {
        return undefined
      }
    },
  }
}
