import { describe, expect, test } from 'vitest'
import { createMockConduit, type FaultSpec } from '../index.ts'
import {
  accessToken,
  bytesOf,
  LOGIN,
  logIn,
  rawGet,
  smallWorld,
  startSmallMock,
  WHO_AM_I,
} from './test-mock.ts'

/** A running mock with one fault on `GET /authentication/user`, and what the user's own answer looks like. */
async function setup(spec: Omit<FaultSpec, 'operation'>) {
  const mock = await startSmallMock()
  const token = await accessToken(mock.url)
  const whole = await rawGet(mock.url, '/authentication/user', token)
  const fault = await mock.control.addFault({ operation: WHO_AM_I, ...spec })
  const ask = () => rawGet(mock.url, '/authentication/user', token)
  const lastEntry = async () => (await mock.control.journal({ operation: WHO_AM_I })).entries.at(-1)
  return { mock, token, whole, fault, ask, lastEntry, [Symbol.asyncDispose]: () => mock.stop() }
}

describe('on the socket', () => {
  test('reset sends RST and no byte', async () => {
    await using it = await setup({ effect: { socket: 'reset' } })
    expect(await it.ask()).toEqual({ head: '', body: '', end: 'reset' })
    expect(await it.lastEntry()).toMatchObject({
      status: 0,
      close: 'cut-by-fault',
      fault: it.fault.id,
      bytesWritten: 0,
    })
    expect((await it.ask()).end).toBe('fin')
  })

  test('reset after so many bytes sends them first', async () => {
    await using it = await setup({ effect: { socket: 'reset', afterBytes: 10 } })
    expect((await it.ask()).body).toBe(it.whole.body.slice(0, 10))
    expect(await it.lastEntry()).toMatchObject({
      status: 200,
      bytesWritten: 10,
      close: 'cut-by-fault',
    })
  })

  test('truncate sends the head with the full length, part of the body, then FIN', async () => {
    await using it = await setup({ effect: { socket: 'truncate', afterBytes: 10 } })
    const { head, body, end } = await it.ask()
    expect({ body, end }).toEqual({ body: it.whole.body.slice(0, 10), end: 'fin' })
    expect(head).toContain(`Content-Length: ${it.whole.body.length}`)
    expect(await it.lastEntry()).toMatchObject({
      status: 200,
      close: 'cut-by-fault',
      bytesWritten: 10,
    })
  })

  test('truncate shows fetch a failing body', async () => {
    await using it = await setup({ effect: { socket: 'truncate', afterBytes: 1 } })
    const answer = await fetch(`${it.mock.url}/authentication/user`, {
      headers: { Authorization: `Bearer ${it.token}` },
    })
    expect(answer.status).toBe(200)
    await expect(answer.text()).rejects.toThrow('terminated')
  })

  test('stall sends part of the body and ends when the fault is removed', async () => {
    await using it = await setup({ effect: { socket: 'stall', afterBytes: 5 } })
    const answer = await fetch(`${it.mock.url}/authentication/user`, {
      headers: { Authorization: `Bearer ${it.token}` },
    })
    const reader = bytesOf(answer)
    const first = await reader.read()
    expect(first.value?.length).toBe(5)
    const rest = reader.read()
    expect(await it.lastEntry()).toMatchObject({ close: 'open', bytesWritten: 5 })
    await it.mock.control.removeFault(it.fault.id)
    await expect(rest).rejects.toThrow('terminated')
    await it.mock.control.quiet()
    expect(await it.lastEntry()).toMatchObject({ close: 'cut-by-fault' })
  })

  test('drip sends the whole body in pieces', async () => {
    await using it = await setup({ effect: { socket: 'drip', chunkBytes: 100 } })
    expect((await it.ask()).body).toBe(it.whole.body)
    expect(await it.lastEntry()).toMatchObject({
      close: 'complete',
      bytesWritten: it.whole.body.length,
    })
  })
})

describe('as an answer', () => {
  test('a status is answered in the dialect of the backend', async () => {
    await using it = await setup({ effect: { status: 429 } })
    const { head, body } = await it.ask()
    expect(head.split('\r\n')[0]).toBe('HTTP/1.1 429 Too Many Requests')
    expect(JSON.parse(body)).toEqual({
      name: 'RATE_LIMIT',
      status: 429,
      message: 'Fault armed through the control API',
    })
  })

  test('body and headers are sent as given', async () => {
    await using it = await setup({
      effect: {
        status: 503,
        body: '<h1>down</h1>',
        headers: { 'content-type': 'text/html', 'Retry-After': '7' },
      },
    })
    const { head, body } = await it.ask()
    expect(body).toBe('<h1>down</h1>')
    expect(head).toContain('content-type: text/html\r\nRetry-After: 7\r\nContent-Length: 13')
  })

  test('headers are added and repeated, the body replaced', async () => {
    await using it = await setup({
      effect: { addHeaders: { 'Set-Cookie': ['a=1', 'b=2'] }, replaceBody: '{"not": "json' },
    })
    const { head, body } = await it.ask()
    expect(body).toBe('{"not": "json')
    expect(head).toContain('Set-Cookie: a=1\r\nSet-Cookie: b=2')
    expect(head).toContain('Content-Length: 13')
    expect(head.match(/content-length/gi)?.length).toBe(1)
  })

  test('before leaves the state untouched, after lets the handler run', async () => {
    await using mock = await startSmallMock()
    const logins = async () => (await mock.control.tokens('ann@example.com')).length
    await mock.control.addFault({ operation: LOGIN, effect: { status: 500 } })
    expect((await logIn(mock.url)).status).toBe(500)
    expect(await logins()).toBe(0)
    await mock.control.addFault({ operation: LOGIN, when: 'after', effect: { socket: 'reset' } })
    await expect(logIn(mock.url)).rejects.toThrow('fetch failed')
    expect(await logins()).toBe(2)
  })
})

describe('which requests are hit', () => {
  const hitsOf = async (spec: Partial<FaultSpec>, who: ('ann' | 'bob')[]) => {
    const mock = await startSmallMock()
    try {
      const tokens = { ann: await accessToken(mock.url), bob: await accessToken(mock.url, 'bob') }
      await mock.control.addFault({ operation: WHO_AM_I, effect: { status: 502 }, ...spec })
      const statuses: number[] = []
      for (const name of who)
        statuses.push(
          (
            await fetch(`${mock.url}/authentication/user`, {
              headers: { Authorization: `Bearer ${tokens[name]}` },
            })
          ).status,
        )
      return statuses
    } finally {
      await mock.stop()
    }
  }

  test('the first by default', async () => {
    expect(await hitsOf({}, ['ann', 'ann'])).toEqual([502, 200])
  })

  test('from the nth, so many times', async () => {
    const four = await hitsOf({ nth: 2, times: 2 }, ['ann', 'ann', 'ann', 'ann'])
    expect(four).toEqual([200, 502, 502, 200])
  })

  test('until removed', async () => {
    expect(await hitsOf({ times: null }, ['ann', 'ann', 'bob'])).toEqual([502, 502, 502])
  })

  test('of one user, by e-mail or id', async () => {
    expect(await hitsOf({ user: 'bob@example.com' }, ['ann', 'bob'])).toEqual([200, 502])
    expect(await hitsOf({ user: 'u-2' }, ['ann', 'bob'])).toEqual([200, 502])
  })

  test('of one port, and by a pattern', async () => {
    expect(await hitsOf({ instance: 'other' }, ['ann'])).toEqual([200])
    expect(await hitsOf({ instance: 'main', operation: 'GET /auth*' }, ['ann'])).toEqual([502])
  })

  test('two faults on one operation count the same requests', async () => {
    await using mock = await startSmallMock()
    await mock.control.addFault({ operation: LOGIN, nth: 1, effect: { status: 500 } })
    await mock.control.addFault({ operation: LOGIN, nth: 2, effect: { status: 429 } })
    const statuses = [await logIn(mock.url), await logIn(mock.url), await logIn(mock.url)]
    expect(statuses.map(({ status }) => status)).toEqual([500, 429, 200])
  })
})

describe('bookkeeping', () => {
  test('faults that never hit are reported as unused', async () => {
    const { control, ...mock } = createMockConduit({ world: smallWorld })
    const used = await control.addFault({ operation: LOGIN, effect: { status: 500 } })
    const idle = await control.addFault({ operation: WHO_AM_I, effect: { status: 500 } })
    await mock.fetch(new Request(`${mock.url}/authentication/local`, { method: 'POST' }))
    expect(await control.faults()).toEqual({
      faults: [{ ...used, matched: 1, hits: 1 }, idle],
      unused: [idle],
    })
    await control.removeFault(used.id)
    expect((await control.faults()).faults).toEqual([idle])
    await control.reset()
    expect((await control.faults()).faults).toEqual([])
  })

  test('an operation that does not exist is refused with the nearest names', async () => {
    const { control } = createMockConduit({ world: smallWorld })
    const arm = control.addFault({
      operation: 'POST /authentication/renw',
      effect: { status: 500 },
    })
    await expect(arm).rejects.toMatchObject({ status: 400, code: 'UNKNOWN_OPERATION' })
    await expect(arm).rejects.toThrow('Nearest: "POST /authentication/renew"')
    await control.addFault({ operation: '* @storage/bytes', effect: { socket: 'stall' } })
  })

  test.each([{ 'x-a': 'a\u{1F600}' }, { 'x-a': ['fine', 'a\nb'] }, { 'a b': 'c' }])(
    'headers that HTTP cannot carry are refused: %o',
    async (headers) => {
      const { control } = createMockConduit({ world: smallWorld })
      const arm = control.addFault({ operation: WHO_AM_I, effect: { status: 200, headers } })
      await expect(arm).rejects.toMatchObject({ status: 400, code: 'INVALID' })
    },
  )

  test('without a socket a cut is a fetch that fails', async () => {
    const { control, ...mock } = createMockConduit({ world: smallWorld })
    const ask = () => mock.fetch(new Request(`${mock.url}/authentication/user`))
    await control.addFault({ operation: WHO_AM_I, effect: { socket: 'reset' } })
    await expect(ask()).rejects.toThrow('reset by a fault')
    await control.addFault({ operation: WHO_AM_I, effect: { socket: 'truncate', afterBytes: 3 } })
    const answer = await ask()
    expect(answer.status).toBe(401)
    await expect(answer.text()).rejects.toThrow('cut by a fault')
  })
})
