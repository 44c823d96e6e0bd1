import { createHash } from 'node:crypto'
import type { BodyDigest } from '../control/types.ts'

const MAX_TEXT = 64 * 1024

/** What the journal shows of a body that is at hand. */
export function digestOf(bytes: Uint8Array): BodyDigest {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { bytes: bytes.length, sha256, ...textOf(bytes) }
}

/** Digests a body while it streams past; keeps no more of it than the text that is shown. */
export class StreamDigest {
  readonly #hash = createHash('sha256')
  #head: Uint8Array[] | undefined = []
  #bytes = 0

  add(chunk: Uint8Array): void {
    this.#hash.update(chunk)
    this.#bytes += chunk.length
    if (this.#bytes > MAX_TEXT) this.#head = undefined
    else this.#head?.push(chunk)
  }

  /** The digest of what was added so far. */
  digest(): BodyDigest {
    const text = this.#head ? textOf(Buffer.concat(this.#head)) : {}
    return { bytes: this.#bytes, sha256: this.#hash.copy().digest('hex'), ...text }
  }
}

function textOf(bytes: Uint8Array): { text?: string } {
  if (bytes.length > MAX_TEXT || bytes.includes(0)) return {}
  return { text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8') }
}
