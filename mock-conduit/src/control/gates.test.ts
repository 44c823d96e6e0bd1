import { describe, expect, test } from 'vitest'
import { createMockConduit } from '../index.ts'
import {
  accessToken,
  bytesOf,
  LOGIN,
  logIn,
  smallWorld,
  startSmallMock,
  WHO_AM_I,
} from './test-mock.ts'

test('an answer gate opens by itself when enough wait', async () => {
  await using mock = await startSmallMock()
  const gate = await mock.control.addGate({ operation: LOGIN, until: 2 })
  const first = logIn(mock.url)
  expect(await mock.control.waitForGate(gate.id)).toMatchObject({ waiting: 1, open: false })
  expect((await mock.control.tokens()).length).toBe(2)
  const second = logIn(mock.url, 'bob')
  expect([(await first).status, (await second).status]).toEqual([200, 200])
  expect(await mock.control.waitForGate(gate.id, 2)).toMatchObject({ held: 2, open: true })
})

test('a request gate holds before the handler runs', async () => {
  await using mock = await startSmallMock()
  const gate = await mock.control.addGate({ operation: LOGIN, at: 'request' })
  const login = logIn(mock.url)
  await mock.control.waitForGate(gate.id)
  expect(await mock.control.tokens()).toEqual([])
  expect((await mock.control.journal()).entries[0]).toMatchObject({
    close: 'open',
    status: 0,
    gate: gate.id,
  })
  await mock.control.releaseGate(gate.id)
  expect((await login).status).toBe(200)
})

test('a body gate holds after so many bytes', async () => {
  await using mock = await startSmallMock()
  const gate = await mock.control.addGate({ operation: LOGIN, at: 'body', afterBytes: 12 })
  const answer = await logIn(mock.url)
  const reader = bytesOf(answer)
  expect((await reader.read()).value?.length).toBe(12)
  await mock.control.waitForGate(gate.id)
  expect((await mock.control.journal()).entries[0]).toMatchObject({
    close: 'open',
    status: 200,
    bytesWritten: 12,
  })
  await mock.control.removeGate(gate.id)
  expect((await reader.read()).done).toBe(false)
  expect((await reader.read()).done).toBe(true)
})

test('a body gate holds in process too', async () => {
  const { control, ...mock } = createMockConduit({ world: smallWorld })
  const gate = await control.addGate({ operation: WHO_AM_I, at: 'body' })
  const answer = await mock.fetch(new Request(`${mock.url}/authentication/user`))
  const text = answer.text()
  await control.waitForGate(gate.id)
  await control.releaseGate(gate.id)
  expect((await text).length).toBe(Number(answer.headers.get('content-length')))
})

test('holds only the first so many, of one user, with one status', async () => {
  await using mock = await startSmallMock()
  const token = await accessToken(mock.url, 'bob')
  const ask = (bearer: string) =>
    fetch(`${mock.url}/authentication/user`, { headers: { Authorization: `Bearer ${bearer}` } })
  const gate = await mock.control.addGate({
    operation: WHO_AM_I,
    user: 'bob@example.com',
    status: 200,
    times: 1,
  })
  expect((await ask('nonsense')).status).toBe(401)
  const held = ask(token)
  await mock.control.waitForGate(gate.id)
  expect((await ask(token)).status).toBe(200)
  expect(await mock.control.releaseGate(gate.id)).toMatchObject({ held: 1, waiting: 0, open: true })
  expect((await held).status).toBe(200)
})

test('a client that goes away leaves the gate', async () => {
  await using mock = await startSmallMock()
  const gate = await mock.control.addGate({ operation: LOGIN })
  const leaving = new AbortController()
  const login = fetch(`${mock.url}/authentication/local`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: 'ann@example.com', password: 'secret-of-ann' }),
    signal: leaving.signal,
  })
  await mock.control.waitForGate(gate.id)
  leaving.abort()
  await expect(login).rejects.toThrow('aborted')
  await mock.control.quiet()
  expect((await mock.control.gates())[0]).toMatchObject({ waiting: 0, held: 1, open: false })
  expect((await mock.control.journal()).entries[0]).toMatchObject({
    close: 'client-aborted',
    status: 0,
  })
})

test('reset and stop let everybody go', async () => {
  const mock = await startSmallMock()
  const gate = await mock.control.addGate({ operation: LOGIN })
  const login = logIn(mock.url)
  await mock.control.waitForGate(gate.id)
  await mock.control.reset()
  expect((await login).status).toBe(200)
  await mock.control.addGate({ operation: LOGIN })
  const waiting = mock.control.gates().then(([armed]) => mock.control.waitForGate(armed?.id ?? ''))
  const last = logIn(mock.url)
  await waiting
  const settled = Promise.allSettled([last])
  await mock.stop()
  expect((await settled).length).toBe(1)
})

describe('refusals', () => {
  const { control } = createMockConduit({ world: smallWorld })

  test('unknown operations and gates', async () => {
    await expect(control.addGate({ operation: 'POST /authentication/lokal' })).rejects.toThrow(
      '"POST /authentication/local"',
    )
    await expect(control.waitForGate('nobody')).rejects.toMatchObject({ status: 404 })
    await expect(control.releaseGate('nobody')).rejects.toMatchObject({ status: 404 })
  })

  test('a status with a request gate, bytes without a body gate', async () => {
    await expect(
      control.addGate({ operation: LOGIN, at: 'request', status: 200 }),
    ).rejects.toMatchObject({ status: 400 })
    await expect(control.addGate({ operation: LOGIN, afterBytes: 1 })).rejects.toMatchObject({
      status: 400,
    })
  })

  test('waiting ends with 408, and with 409 at a gate that is open', async () => {
    const gate = await control.addGate({ operation: LOGIN })
    await expect(control.waitForGate(gate.id, 1, 0)).rejects.toMatchObject({ status: 408 })
    await control.releaseGate(gate.id)
    await expect(control.waitForGate(gate.id, 1)).rejects.toMatchObject({ status: 409 })
  })
})
