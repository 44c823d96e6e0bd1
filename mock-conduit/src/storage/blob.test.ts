import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Blob, CHUNK_BYTES, heldBlob, randomBlob, readWhole } from './blob.ts'

const MEGABYTES = 1024 * 1024

async function slice(blob: Blob, start: number, end: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of blob.chunks(start, end)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

test('bytes come in pieces of 64 KiB', async () => {
  for (const blob of [heldBlob(Buffer.alloc(150_000)), randomBlob({ bytes: 150_000, seed: 1 })]) {
    const sizes = []
    for await (const chunk of blob.chunks()) sizes.push(chunk.length)
    expect(sizes).toEqual([CHUNK_BYTES, CHUNK_BYTES, 150_000 - 2 * CHUNK_BYTES])
  }
})

test('a held blob shares its memory with every reader', async () => {
  const bytes = Buffer.alloc(200_000)
  for await (const chunk of heldBlob(bytes).chunks()) expect(chunk.buffer).toBe(bytes.buffer)
})

describe('generated noise', () => {
  test('is the same for the same seed alone', async () => {
    const read = (seed: number) => readWhole(randomBlob({ bytes: 100_000, seed }))
    expect((await read(7)).equals(await read(7))).toBe(true)
    expect((await read(7)).equals(await read(8))).toBe(false)
  })

  test('can be read from any place to any place', async () => {
    const bytes = 200_000
    const blob = randomBlob({ bytes, seed: 3 })
    const all = await readWhole(blob)
    const place = fc.integer({ min: 0, max: bytes })
    await fc.assert(
      fc.asyncProperty(place, place, async (one, other) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other)]
        return (await slice(blob, start, end)).equals(all.subarray(start, end))
      }),
    )
  })

  test('is not made before it is asked for, wherever one starts', async () => {
    const huge = randomBlob({ bytes: 2 ** 44, seed: 1 })
    const chunks = huge.chunks(2 ** 43)
    const { value } = await chunks.next()
    expect(value?.length).toBe(CHUNK_BYTES)
    await chunks.return()
  })

  test('has a tag like that of a multipart upload', () => {
    const tag = (bytes: number, seed: number) => randomBlob({ bytes, seed }).etag()
    expect(tag(256 * MEGABYTES, 1)).toMatch(/^[0-9a-f]{32}-32$/)
    expect(tag(256 * MEGABYTES, 1)).not.toBe(tag(256 * MEGABYTES, 2))
  })
})
