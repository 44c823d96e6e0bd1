import { describe, expect, test } from 'vitest'
import { CHUNK_BYTES } from './blob.ts'
import { NOWHERE, setup, textAt } from './test-storage.ts'

const HUGE = 256 * 1024 * 1024

async function huge(dialect: 'local' | 's3') {
  const backend = await setup({
    options: { storage: { dialect } },
    files: [{ _id: NOWHERE, name: 'huge.bin', random: { bytes: HUGE, seed: 1 } }],
  })
  const { call, ann } = backend
  const url = textAt(await call(`GET /storage/getFileUrl/${NOWHERE}`, { auth: ann }), 'result')
  const entry = () => backend.world.journal.query({ side: 'storage' }).at(-1)
  return { ...backend, url, entry }
}

describe.each(['local', 's3'] as const)('a body of 256 MiB (%s)', (dialect) => {
  test('is made no faster than it is read, and no further after an abort', async () => {
    const { send, url, entry } = await huge(dialect)
    const { body } = await send(new Request(url))
    const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = body?.getReader()
    const first = await reader?.read()
    expect(first?.value?.length).toBe(CHUNK_BYTES)
    await reader?.read()
    expect(entry()?.bytesWritten).toBeLessThanOrEqual(4 * CHUNK_BYTES)
    await reader?.cancel()
    expect(entry()?.close).toBe('client-aborted')
    expect(entry()?.bytesWritten).toBeLessThanOrEqual(4 * CHUNK_BYTES)
  })
})

test('a range deep inside is made from there on', async () => {
  const { send, url, entry } = await huge('s3')
  const headers = { range: `bytes=${HUGE - 10}-` }
  const answer = await send(new Request(url, { headers }))
  expect((await answer.arrayBuffer()).byteLength).toBe(10)
  expect(entry()?.bytesWritten).toBe(10)
})
