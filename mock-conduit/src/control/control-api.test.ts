import { describe, expect, test } from 'vitest'
import { createMockConduit } from '../index.ts'
import { testWorld } from '../test-world.ts'
import { smallWorld } from './test-mock.ts'

const definition = testWorld({
  name: 'small',
  schemas: smallWorld.schemas,
  users: [{ _id: 'u-1', email: 'ann@example.com', password: 'secret-of-ann' }],
})

function setup() {
  const mock = createMockConduit({ world: definition })
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await mock.fetch(
      new Request(mock.url + path, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    )
    return { status: answer.status, body: await answer.json() }
  }
  return { mock, control: mock.control, call }
}

describe('worlds', () => {
  test('lists, forks and drops worlds', async () => {
    const { control } = setup()
    const made = await control.createWorld({ name: 'second', from: 'default' })
    expect(made).toEqual({
      name: 'second',
      url: 'http://localhost:3000/~second',
      storageUrl: 'http://localhost:3100/~second',
    })
    expect((await control.worlds()).map(({ name }) => name)).toEqual(['default', 'second'])
    await control.dropWorld('second')
    expect((await control.worlds()).map(({ name }) => name)).toEqual(['default'])
  })

  test('acts on the world of the prefix only', async () => {
    const { control } = setup()
    await control.createWorld({ name: 'second' })
    const second = control.world('second')
    await second.seed({ documents: { Note: [{ _id: 'n-1', title: 'one' }] } })
    expect((await second.documents('Note')).length).toBe(1)
    expect(await control.documents('Note')).toEqual([])
    expect(second.world('default').baseUrl).toBe(control.baseUrl)
  })

  test('refuses unknown worlds, sources and taken names', async () => {
    const { call } = setup()
    const gone = await call('POST', '/~gone/__mock/reset')
    expect(gone).toEqual({
      status: 404,
      body: { error: 'No world "gone". There are: default.', code: 'UNKNOWN_WORLD' },
    })
    expect((await call('POST', '/__mock/worlds', { from: '../../etc' })).status).toBe(404)
    expect((await call('POST', '/__mock/worlds', { name: 'default' })).status).toBe(409)
    expect((await call('DELETE', '/__mock/worlds/default')).status).toBe(409)
  })

  test('a fork keeps config, options and time, and reset returns to the fork or to the seed', async () => {
    const { control } = setup()
    await control.freeze()
    await control.setTime(1_000_000)
    await control.setConfig({ router: { rateLimit: { maxRequests: 7 } } })
    await control.seed({ documents: { Note: [{ _id: 'n-1', title: 'one' }] } })
    await control.createWorld({ name: 'kept', options: { rotation: 'grace' } })
    await control.createWorld({ name: 'fresh', seedKeepsState: false })
    const [kept, fresh] = [control.world('kept'), control.world('fresh')]
    expect(await kept.clock()).toEqual({ now: 1_000_000, frozen: true })
    expect((await kept.options()).rotation).toBe('grace')
    for (const each of [kept, fresh]) {
      expect((await each.config()).router.rateLimit.maxRequests).toBe(7)
      expect((await each.documents('Note')).length).toBe(1)
      await each.reset()
    }
    expect((await kept.documents('Note')).length).toBe(1)
    expect((await kept.config()).router.rateLimit.maxRequests).toBe(7)
    expect(await fresh.documents('Note')).toEqual([])
    expect((await fresh.config()).router.rateLimit.maxRequests).toBe(50)
  })
})

test('many worlds live side by side without cross-talk', async () => {
  const { mock, control } = setup()
  const names = Array.from({ length: 200 }, (_, at) => `w${at}`)
  await Promise.all(names.map((name) => control.createWorld({ name })))
  await Promise.all(
    names.map(async (name, at) => {
      const world = control.world(name)
      await world.seed({ documents: { Note: [{ _id: `n-${at}`, title: name }] } })
      await mock.fetch(new Request(`${world.baseUrl}/${name}`))
      await world.advance(at * 1_000_000)
    }),
  )
  for (const [at, name] of names.entries()) {
    const world = control.world(name)
    expect((await world.documents('Note')).map(({ title }) => title)).toEqual([name])
    const { entries } = await world.journal()
    expect(entries.map(({ seq, path }) => [seq, path])).toEqual([[1, `/~${name}/${name}`]])
    expect(Math.abs(Math.round(((await world.clock()).now - Date.now()) / 1_000_000))).toBe(at)
  }
})

describe('settings', () => {
  test('config is laid over the seed, and {} brings it back', async () => {
    const { control } = setup()
    await control.setConfig({ router: { rateLimit: { maxRequests: 7 } } })
    const next = await control.setConfig({ router: { rateLimit: { resetInterval: 9 } } })
    expect(next.router.rateLimit).toEqual({ maxRequests: 50, resetInterval: 9 })
    expect((await control.setConfig({})).router.rateLimit).toEqual({
      maxRequests: 50,
      resetInterval: 1,
    })
  })

  test('refuses a module that does not exist', async () => {
    const { call } = setup()
    const answer = await call('PUT', '/__mock/config', { authentification: {} })
    expect(answer.status).toBe(400)
    expect(answer.body).toEqual({
      error: 'No module "authentification". Nearest: authentication, authorization, router.',
      code: 'UNKNOWN_MODULE',
    })
  })

  test('options change one by one and refuse unknown keys', async () => {
    const { control, call } = setup()
    expect((await control.setOptions({ rotation: 'racy' })).rotation).toBe('racy')
    expect((await control.options()).distinctTokens).toBe(true)
    expect((await call('PUT', '/__mock/options', { rotate: 1 })).status).toBe(400)
  })

  test('the clock freezes, moves and resumes', async () => {
    const { control, call } = setup()
    await control.freeze()
    expect(await control.setTime(5_000)).toEqual({ now: 5_000, frozen: true })
    expect(await control.advance(-1_000)).toEqual({ now: 4_000, frozen: true })
    expect((await control.resume()).frozen).toBe(false)
    expect((await call('POST', '/__mock/clock', {})).status).toBe(400)
  })

  test('refuses what is not JSON and calls that do not exist', async () => {
    const { mock, call } = setup()
    const broken = await mock.fetch(
      new Request(`${mock.url}/__mock/seed`, { method: 'POST', body: '{' }),
    )
    expect(broken.status).toBe(400)
    const missing = await call('POST', '/__mock/resett')
    expect(missing.status).toBe(404)
    expect(missing.body).toMatchObject({ code: 'UNKNOWN_CALL' })
  })
})

describe('data', () => {
  test('seeds documents, shows and clears them', async () => {
    const { control } = setup()
    const made = await control.seed({
      users: [{ email: 'bob@example.com', password: 'secret-of-bob' }],
      documents: { Note: [{ _id: 'n-1', title: 'one' }] },
    })
    expect(made.documents).toEqual({ Note: ['n-1'] })
    expect(made.users.map(({ email }) => email)).toEqual(['bob@example.com'])
    expect((await control.documents('Note')).map(({ title }) => title)).toEqual(['one'])
    expect(await control.clearDocuments('Note')).toBe(1)
    expect(await control.documents('Note')).toEqual([])
  })

  test('a definition or seed that a module refuses answers 400', async () => {
    const { call } = setup()
    const definition = { users: [{ email: 'a@example.com', nickname: 'a' }] }
    expect((await call('POST', '/__mock/worlds', { definition })).status).toBe(400)
    expect((await call('POST', '/__mock/seed', { documents: { Note: [1] } })).status).toBe(400)
    expect((await call('POST', '/__mock/seed', { documents: { Nope: [] } })).status).toBe(404)
  })

  test('names the nearest schema when one does not exist', async () => {
    const { call } = setup()
    expect(await call('GET', '/__mock/documents/Notes')).toMatchObject({
      status: 404,
      body: { code: 'UNKNOWN_SCHEMA' },
    })
  })

  test('lists users and finds them by e-mail', async () => {
    const { control, call } = setup()
    expect((await control.users()).map(({ _id, email }) => [_id, email])).toEqual([
      ['u-1', 'ann@example.com'],
    ])
    await control.block('ann@example.com')
    expect((await control.users())[0]?.active).toBe(false)
    await control.unblock('u-1')
    expect((await control.users())[0]?.active).toBe(true)
    expect(await call('POST', '/__mock/users/ann@example.org/block')).toEqual({
      status: 404,
      body: { error: 'No user "ann@example.org". Nearest: ann@example.com.', code: 'UNKNOWN_USER' },
    })
  })
})

describe('who may call', () => {
  const from = async (headers: Record<string, string>, controlToken?: string) => {
    const mock = createMockConduit({ world: definition, ...(controlToken ? { controlToken } : {}) })
    const answer = await mock.fetch(new Request(`${mock.url}/__mock/clock`, { headers }))
    return answer.status
  }

  test('loopback names are admitted, foreign hosts and pages are not', async () => {
    expect(await from({ host: 'localhost:1' })).toBe(200)
    expect(await from({ host: '127.0.0.1:2' })).toBe(200)
    expect(await from({ host: '[::1]:3' })).toBe(200)
    expect(await from({ host: 'localhost', origin: 'http://localhost:4000' })).toBe(200)
    expect(await from({ host: 'evil.example' })).toBe(403)
    expect(await from({ host: 'localhost.evil.example' })).toBe(403)
    expect(await from({ host: 'localhost', origin: 'https://evil.example' })).toBe(403)
    expect(await from({ host: 'localhost', origin: 'null' })).toBe(403)
  })

  test('with a control token only its bearer is admitted', async () => {
    expect(await from({ host: 'evil.example', 'x-mock-token': 'opens' }, 'opens')).toBe(200)
    expect(await from({ host: 'localhost', 'x-mock-token': 'guess' }, 'opens')).toBe(403)
    expect(await from({ host: 'localhost' }, 'opens')).toBe(403)
  })
})
