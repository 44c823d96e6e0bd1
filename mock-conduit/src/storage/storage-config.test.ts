import { describe, expect, test } from 'vitest'
import { internal, makeFile, missing, NOWHERE, setup, textAt, told } from './test-storage.ts'

describe('switching storage on and off', () => {
  test('before the first time there are no routes', async () => {
    const { call, ann } = await setup({ storage: { active: false } })
    expect((await call(`GET /storage/file/${NOWHERE}`, { auth: ann })).body).toContain(
      `Cannot GET /storage/file/${NOWHERE}`,
    )
  })

  test('afterwards the routes stay, and only URLs fail', async () => {
    const backend = await setup()
    const { call, ann, world } = backend
    const id = await makeFile(backend)
    world.setConfig({ storage: { active: false } })
    const noServer = internal('Local storage server is not running')
    expect(told(await call(`GET /storage/file/${NOWHERE}`))).toEqual(missing)
    expect((await call(`GET /storage/file/${id}`, { auth: ann })).status).toBe(200)
    expect(told(await call(`GET /storage/getFileUrl/${id}`, { auth: ann }))).toEqual(noServer)
    expect(told(await call('POST /storage/upload', { json: {}, auth: ann }))).toEqual(noServer)
    expect(await makeFile(backend, { name: 'private still works' })).not.toBe(id)
  })

  test('the byte server is gone then', async () => {
    const backend = await setup()
    const { world, send } = backend
    world.setConfig({ storage: { active: false } })
    await expect(send(new Request('http://storage.test/'))).rejects.toThrow('fetch failed')
  })

  test('once switched on by config, it was active', async () => {
    const { call, world } = await setup({ storage: { active: false } })
    world.setConfig({ storage: { active: true } })
    await call('GET /ready')
    world.setConfig({})
    expect(told(await call(`GET /storage/file/${NOWHERE}`))).toEqual(missing)
    world.reset()
    expect((await call(`GET /storage/file/${NOWHERE}`)).status).toBe(404)
    expect(told(await call(`GET /storage/file/${NOWHERE}`))).not.toEqual(missing)
  })
})

describe('where URLs lead', () => {
  const urlOf = async (backend: Awaited<ReturnType<typeof setup>>, id: string) =>
    textAt(await backend.call(`GET /storage/getFileUrl/${id}`, { auth: backend.ann }), 'result')

  test('a CDN host replaces that of its container, also for files that are there', async () => {
    const backend = await setup()
    const open = await makeFile(backend, { isPublic: true })
    const shut = await makeFile(backend, { name: 'b.txt' })
    const other = await makeFile(backend, { name: 'c.txt', container: 'pub' })
    const before = await urlOf(backend, open)
    backend.world.clock.advance(1000)
    backend.world.setConfig({ storage: { cdnConfiguration: { conduit: 'cdn.test' } } })
    expect(await urlOf(backend, open)).toBe(before.replace('storage.test', 'cdn.test'))
    expect(await urlOf(backend, shut)).toMatch(/^http:\/\/cdn\.test\/conduit\/b\.txt\?/)
    expect(await urlOf(backend, other)).toMatch(/^http:\/\/storage\.test\/pub\/c\.txt\?/)
    expect((await backend.call(`GET /storage/file/${open}`)).body).toMatchObject({
      sourceUrl: before,
      updatedAt: '2026-01-01T00:00:01.000Z',
    })
    backend.world.setConfig({})
    expect(await urlOf(backend, open)).toBe(before)
  })

  test('httpBaseUrl stands before the path', async () => {
    const backend = await setup({ storage: { local: { httpBaseUrl: 'https://files.test/x//' } } })
    const id = await makeFile(backend)
    expect(await urlOf(backend, id)).toMatch(/^https:\/\/files\.test\/x\/conduit\/a\.txt\?/)
  })

  test('a configured secret signs', async () => {
    const secret = 'ab'.repeat(32)
    const one = await setup({ storage: { local: { signingSecret: secret } } })
    const two = await setup({ storage: { local: { signingSecret: secret } } })
    const plain = await setup()
    const [a, b, c] = await Promise.all(
      [one, two, plain].map(async (backend) => urlOf(backend, await makeFile(backend))),
    )
    expect(a).toBe(b)
    expect(a).not.toBe(c)
  })
})
