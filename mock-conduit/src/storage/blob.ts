import { createCipheriv, createHash } from 'node:crypto'

/** Bytes of an answer are made and sent in pieces of this many. */
export const CHUNK_BYTES = 64 * 1024

/** Immutable content of a stored object; large ones need not be in memory. */
export interface Blob {
  readonly size: number
  /** The bytes from `start` up to `end` (exclusive), in pieces that are made when asked for. */
  chunks(start?: number, end?: number): AsyncGenerator<Uint8Array, void, undefined>
  /** An S3 entity tag without quotes: MD5 of held bytes, an opaque multipart-like tag of generated ones. */
  etag(): string
}

/** Content that is held in memory. */
export function heldBlob(bytes: Buffer): Blob {
  let tag: string | undefined
  return {
    size: bytes.length,
    async *chunks(start = 0, end = bytes.length) {
      for (let at = start; at < end; at += CHUNK_BYTES)
        yield bytes.subarray(at, Math.min(at + CHUNK_BYTES, end))
    },
    etag: () => (tag ??= createHash('md5').update(bytes).digest('hex')),
  }
}

const BLOCK_BYTES = 16
const PART_BYTES = 8 * 1024 * 1024
const zeros = Buffer.alloc(CHUNK_BYTES + BLOCK_BYTES)

/** Noise that is the same for the same seed and can be read from any place: an AES-CTR key stream. Nothing of it is held. */
export function randomBlob({ bytes, seed }: { bytes: number; seed: number }): Blob {
  const key = createHash('sha256').update(`random blob ${seed}`).digest()
  return {
    size: bytes,
    async *chunks(start = 0, end = bytes) {
      const offset = start % BLOCK_BYTES
      const cipher = createCipheriv('aes-256-ctr', key, counterAt((start - offset) / BLOCK_BYTES))
      if (offset > 0) cipher.update(zeros.subarray(0, offset))
      for (let at = start; at < end; at += CHUNK_BYTES)
        yield cipher.update(zeros.subarray(0, Math.min(CHUNK_BYTES, end - at)))
    },
    etag: () => {
      const digest = createHash('md5').update(`${seed}:${bytes}`).digest('hex')
      return `${digest}-${Math.max(1, Math.ceil(bytes / PART_BYTES))}`
    },
  }
}

function counterAt(block: number): Buffer {
  const counter = Buffer.alloc(BLOCK_BYTES)
  counter.writeBigUInt64BE(BigInt(block), BLOCK_BYTES - 8)
  return counter
}

/** All bytes of a blob at once. */
export async function readWhole(blob: Blob): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of blob.chunks()) chunks.push(chunk)
  return Buffer.concat(chunks)
}
