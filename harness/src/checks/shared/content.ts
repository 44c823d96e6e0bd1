import { createHash } from 'node:crypto'

/** Bytes without pattern, the same for the same seed. */
export function randomContent(size: number, seed: number): Buffer {
  const blocks: Buffer[] = []
  for (let made = 0, block = 0; made < size; made += 64, block += 1)
    blocks.push(createHash('sha512').update(`${seed}:${block}`).digest())
  return Buffer.concat(blocks).subarray(0, size)
}
