import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { createMockConduit } from '../index.ts'
import type { WireRequest } from '../wire/message.ts'
import { LOGIN, smallWorld, startSmallMock } from '../control/test-mock.ts'
import { StreamDigest } from './body-digest.ts'
import { Journal } from './journal.ts'

const request = (target: string): WireRequest => ({
  method: 'GET',
  path: target,
  query: '',
  target,
  headers: {},
  rawHeaders: [['Host', 'localhost']],
  remoteAddress: '127.0.0.1',
  instance: 'main',
  readBody: () => Promise.resolve(Buffer.alloc(0)),
  signal: new AbortController().signal,
})

function setup(limits: { entries: number; bytes: number }) {
  const journal = new Journal({ name: 'default', clock: { now: () => 1_000 } }, limits)
  const visit = (target: string, body?: Buffer) => {
    const entry = journal.open(request(target), { side: 'api', operation: `GET ${target}` })
    entry.responseBody = body
    journal.close(entry, 'complete')
  }
  const paths = (since: number) => journal.query({ since }).map(({ path }) => path)
  return { journal, visit, paths }
}

describe('bounds', () => {
  test('by count: the oldest go, and a query that would miss them fails', () => {
    const { journal, visit, paths } = setup({ entries: 2, bytes: 1e9 })
    for (const target of ['/1', '/2', '/3']) visit(target)
    expect(paths(1)).toEqual(['/2', '/3'])
    expect(() => journal.query({})).toThrow(
      'Entries up to 1 were evicted; ask with since=1 or later, or reset more often.',
    )
    journal.clear()
    visit('/4')
    expect(journal.query({}).map(({ seq }) => seq)).toEqual([4])
  })

  test('by bytes: bodies count', () => {
    const { visit, paths } = setup({ entries: 1e9, bytes: 10_000 })
    visit('/1', Buffer.alloc(4_000, 'a'))
    visit('/2', Buffer.alloc(4_000, 'b'))
    visit('/3')
    expect(paths(1)).toEqual(['/2', '/3'])
  })

  test('a large body is kept as its digest', () => {
    const { journal, visit } = setup({ entries: 10, bytes: 100_000 })
    visit('/1', Buffer.alloc(1_000_000, 'a'))
    const [entry] = journal.query({})
    expect(entry?.responseBody).toEqual({
      bytes: 1_000_000,
      sha256: 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0',
    })
  })

  test('many thousands pass in order', () => {
    const { journal, visit, paths } = setup({ entries: 3, bytes: 1e9 })
    for (let at = 1; at <= 5_000; at += 1) visit(`/${at}`)
    expect(paths(4_997)).toEqual(['/4998', '/4999', '/5000'])
    expect(journal.lastSeq).toBe(5_000)
  })
})

test('a streamed body is digested as it passes', () => {
  const digest = new StreamDigest()
  digest.add(Buffer.from('ab'))
  digest.add(Buffer.from('c'))
  expect(digest.digest()).toEqual({
    bytes: 3,
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    text: 'abc',
  })
})

test('an entry tells token, operation, bytes and the nearest operation', async () => {
  const { control, ...mock } = createMockConduit({ world: smallWorld })
  await mock.fetch(new Request(`${mock.url}/authentication/usr?x=1`, { headers: { 'X-A': 'b' } }))
  const { entries, lastSeq } = await control.journal()
  expect(lastSeq).toBe(1)
  expect(entries[0]).toMatchObject({
    seq: 1,
    world: 'default',
    instance: 'in-process',
    side: 'api',
    operation: 'unknown',
    method: 'GET',
    path: '/authentication/usr?x=1',
    status: 404,
    close: 'complete',
    hint: 'GET /authentication/user',
  })
  expect(entries[0]?.requestHeaders).toContainEqual(['x-a', 'b'])
})

test('wait answers when enough requests have ended, by port', async () => {
  await using mock = await startSmallMock()
  const port = await mock.control.openPort('second')
  const waiting = mock.control.waitForJournal({ instance: 'second' }, { count: 2 })
  await fetch(`${port.url}/one`)
  await fetch(`${mock.url}/elsewhere`)
  await fetch(`${port.url}/two`)
  const { entries } = await waiting
  expect(entries.map(({ path, instance }) => [path, instance])).toEqual([
    ['/one', 'second'],
    ['/two', 'second'],
  ])
  expect(await mock.control.ports()).toEqual([port])
  await mock.control.closePort('second')
  await expect(fetch(`${port.url}/three`)).rejects.toThrow('fetch failed')
  await expect(mock.control.closePort('second')).rejects.toMatchObject({ status: 404 })
})

test('a further port opens again where it was, unless somebody else has it', async () => {
  await using mock = await startSmallMock()
  const first = await mock.control.openPort('second')
  await mock.control.closePort('second')
  expect(await mock.control.openPort('second', first.port)).toEqual(first)
  expect((await fetch(`${first.url}/again`)).status).toBe(404)
  await expect(mock.control.openPort('third', first.port)).rejects.toMatchObject({
    status: 409,
    code: 'PORT_TAKEN',
  })
  expect((await mock.control.openPort('third')).port).not.toBe(first.port)
})

test('wait and quiet end with 408 when the time is over', async () => {
  await using mock = await startSmallMock()
  await expect(
    mock.control.waitForJournal({ operation: 'GET /*' }, { count: 1, timeoutMs: 0 }),
  ).rejects.toMatchObject({ status: 408, code: 'TIMED_OUT' })
  const gate = await mock.control.addGate({ operation: 'unknown' })
  const held = fetch(`${mock.url}/held`)
  await mock.control.waitForGate(gate.id)
  await expect(mock.control.quiet(0)).rejects.toMatchObject({ status: 408 })
  await mock.control.releaseGate(gate.id)
  await mock.control.quiet()
  expect((await held).status).toBe(404)
})

test('a further port of a prefixed world carries the prefix', async () => {
  await using mock = await startSmallMock()
  await mock.control.createWorld({ name: 'second' })
  const second = mock.control.world('second')
  const port = await second.openPort('b')
  expect(port.url).toBe(`http://127.0.0.1:${port.port}/~second`)
  await fetch(`${port.url}/there`)
  expect((await second.journal({ instance: 'b' })).entries.map(({ path }) => path)).toEqual([
    '/~second/there',
  ])
  expect((await mock.control.journal()).entries).toEqual([])
  await mock.control.dropWorld('second')
  await expect(fetch(port.url)).rejects.toThrow('fetch failed')
})

test.for(['while it is read', 'before it is read'])(
  'an upload that the client breaks off %s is no failure of the mock',
  async (when) => {
    await using mock = await startSmallMock()
    const gate =
      when === 'before it is read'
        ? await mock.control.addGate({ operation: LOGIN, at: 'request' })
        : undefined
    const socket = connect(Number(new URL(mock.url).port), '127.0.0.1')
    socket.write(
      'POST /authentication/local HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n' +
        'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n',
    )
    const [head] = (await once(socket, 'data')) as [Buffer]
    expect(head.toString()).toBe('HTTP/1.1 100 Continue\r\n\r\n')
    if (gate) await mock.control.waitForGate(gate.id)
    socket.resetAndDestroy()
    const { entries } = await mock.control.waitForJournal({ operation: LOGIN })
    expect(entries.map(({ close, status }) => [close, status])).toEqual([['client-aborted', 0]])
    await mock.control.quiet()
  },
)
