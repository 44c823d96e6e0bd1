import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { RunningMock } from '../index.ts'
import { bytesOf, rawGet, startSmallMock } from './test-mock.ts'

const BYTES = 'GET @storage/bytes'
const SIZE = 300_000

/** A public file of 300,000 bytes; resolves with the path and query of its URL on the byte server. */
async function setup(): Promise<{
  mock: RunningMock
  path: string
  [Symbol.asyncDispose](): Promise<void>
}> {
  const mock = await startSmallMock()
  const { files } = await mock.control.seed({
    files: [{ name: 'big.bin', isPublic: true, random: { bytes: SIZE, seed: 7 } }],
  })
  const row = (await mock.control.files()).find(({ _id }) => _id === files[0]?._id)
  const { pathname, search } = new URL(String(row?.['url']))
  return { mock, path: pathname + search, [Symbol.asyncDispose]: () => mock.stop() }
}

async function lastEntry(mock: RunningMock) {
  return (await mock.control.journal({ side: 'storage' })).entries.at(-1)
}

test('a streamed body is counted and digested without being kept', async () => {
  await using it = await setup()
  const bytes = Buffer.from(await (await fetch(it.mock.storageUrl + it.path)).arrayBuffer())
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  expect(bytes.length).toBe(SIZE)
  await it.mock.control.quiet()
  expect(await lastEntry(it.mock)).toMatchObject({
    operation: BYTES,
    instance: 'storage',
    status: 200,
    bytesWritten: SIZE,
    responseBody: { bytes: SIZE, sha256 },
    close: 'complete',
  })
})

test('truncate cuts a stream after so many bytes', async () => {
  await using it = await setup()
  await it.mock.control.addFault({
    operation: '* @storage/bytes',
    effect: { socket: 'truncate', afterBytes: 100_000 },
  })
  const answer = await fetch(it.mock.storageUrl + it.path)
  await expect(answer.arrayBuffer()).rejects.toThrow('terminated')
  await it.mock.control.quiet()
  expect(await lastEntry(it.mock)).toMatchObject({
    bytesWritten: 100_000,
    responseBody: { bytes: 100_000 },
    close: 'cut-by-fault',
  })
})

test('a body gate lets the first bytes of a stream pass', async () => {
  await using it = await setup()
  const gate = await it.mock.control.addGate({ operation: BYTES, at: 'body', afterBytes: 1_000 })
  const reader = bytesOf(await fetch(it.mock.storageUrl + it.path))
  let received = (await reader.read()).value?.length ?? 0
  await it.mock.control.waitForGate(gate.id)
  expect(await lastEntry(it.mock)).toMatchObject({ bytesWritten: 1_000, close: 'open' })
  expect(received).toBe(1_000)
  await it.mock.control.releaseGate(gate.id)
  for (let next = await reader.read(); !next.done; next = await reader.read())
    received += next.value.length
  expect(received).toBe(SIZE)
})

test('a reader that goes away ends the stream', async () => {
  await using it = await setup()
  const gate = await it.mock.control.addGate({ operation: BYTES, at: 'body', afterBytes: 1_000 })
  const leaving = new AbortController()
  const reader = bytesOf(await fetch(it.mock.storageUrl + it.path, { signal: leaving.signal }))
  await reader.read()
  await it.mock.control.waitForGate(gate.id)
  leaving.abort()
  await expect(reader.read()).rejects.toThrow('aborted')
  await it.mock.control.quiet()
  expect(await lastEntry(it.mock)).toMatchObject({ bytesWritten: 1_000, close: 'client-aborted' })
})

test('an error of the byte server is answered with a status fault', async () => {
  await using it = await setup()
  await it.mock.control.addFault({ operation: BYTES, effect: { status: 503, body: 'slow down' } })
  const { head, body } = await rawGet(it.mock.storageUrl, it.path)
  expect([head.split('\r\n')[0], body]).toEqual(['HTTP/1.1 503 Service Unavailable', 'slow down'])
})
