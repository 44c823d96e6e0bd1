import { describe, expect, test } from 'vitest'
import { can } from '../authorization/permissions.ts'
import { seedFiles } from './seed.ts'
import { makeFile, NOWHERE, setup, textAt } from './test-storage.ts'

type Backend = Awaited<ReturnType<typeof setup>>

const contentOf = async ({ call, ann }: Backend, id: string) =>
  Buffer.from(
    textAt(await call(`GET /storage/file/data/${id}`, { auth: ann }), 'data'),
    'base64',
  ).toString()

describe('seeded files', () => {
  test('are as if they had been uploaded', async () => {
    const backend = await setup({
      files: [
        { _id: NOWHERE, name: 'a.txt', text: 'words', folder: '/x', mimeType: 'text/plain' },
        { name: 'b.txt', base64: 'AP8=', container: 'fresh', isPublic: true, alias: 'c' },
        { name: 'empty' },
      ],
    })
    const [a, b, empty] = Array.from(backend.world.store.table('File').rows())
    expect(a).toMatchObject({ _id: NOWHERE, folder: 'x/', size: 5, url: null, alias: null })
    expect(b).toMatchObject({ container: 'fresh', size: 2, alias: 'c', isPublic: true })
    expect(b?.['url']).toMatch(/^http:\/\/storage\.test\/fresh\/b\.txt\?expires=/)
    expect(empty).toMatchObject({ size: 0, container: 'conduit' })
    expect(await contentOf(backend, NOWHERE)).toBe('words')
  })

  test('belong to their owner while storage authorization is on', async () => {
    const files = [
      { _id: NOWHERE, name: 'a', owner: 'Ann@example.com' },
      { name: 'b', owner: 'b1' },
      { name: 'c', owner: 'Team:t' },
    ]
    const { world } = await setup({ storage: { authorization: { enabled: true } }, files })
    expect(can(world, 'User:a1', 'delete', `File:${NOWHERE}`)).toBe(true)
    expect(can(world, 'User:b1', 'read', `File:${NOWHERE}`)).toBe(false)
    const off = await setup({ files })
    expect(can(off.world, 'User:a1', 'delete', `File:${NOWHERE}`)).toBe(false)
  })

  test('replace one of their id and refuse another one’s place', async () => {
    const { world, ...backend } = await setup({ files: [{ _id: NOWHERE, name: 'a', text: '1' }] })
    seedFiles(world, [{ _id: NOWHERE, name: 'a', text: '2' }])
    expect(await contentOf({ world, ...backend }, NOWHERE)).toBe('2')
    expect(() => seedFiles(world, [{ name: 'a' }])).toThrow(
      'Seed: there is a file "a" in conduit/ already.',
    )
    expect(() => seedFiles(world, [{ name: 'b', owner: 'nobody' }])).toThrow(
      'Seed: no user "nobody" to own a file.',
    )
    expect(() => seedFiles(world, [{ name: 'c', text: '', base64: '' }])).toThrow(
      'Seed: give the bytes of "c" once: base64, text or random.',
    )
  })
})

describe('forks', () => {
  test('share bytes until one side writes, and reset comes back to the seed', async () => {
    const backend = await setup({ files: [{ _id: NOWHERE, name: 'a', text: 'seed' }] })
    const { world, worlds, call, ann } = backend
    const fork = worlds.fork('twin', world)
    const inFork: Backend = {
      ...backend,
      call: (operation, about) => call(operation.replace(' ', ' /~twin'), about),
    }
    const json = { data: Buffer.from('changed').toString('base64') }
    await call(`PATCH /storage/file/${NOWHERE}`, { json, auth: ann })
    expect(await contentOf(backend, NOWHERE)).toBe('changed')
    expect(await contentOf(inFork, NOWHERE)).toBe('seed')
    await makeFile(inFork, { name: 'only here' })
    expect(world.store.table('File').size).toBe(1)
    expect(fork.store.table('File').size).toBe(2)
    world.reset()
    expect(world.store.table('File').get(NOWHERE)?.['size']).toBe(4)
    expect(await contentOf(inFork, NOWHERE)).toBe('seed')
  })

  test.each(['local', 's3'] as const)(
    'have URLs of their own, which open nothing elsewhere (%s)',
    async (dialect) => {
      const backend = await setup({
        options: { storage: { dialect } },
        files: [
          { _id: NOWHERE, name: 'open.txt', isPublic: true, text: 'open' },
          { _id: NOWHERE.replace(/0$/, '1'), name: 'shut.txt', text: 'shut' },
        ],
      })
      const { world, worlds, call, ann, send } = backend
      worlds.fork('twin', world)
      const urlOf = async (prefix: string, id: string) =>
        textAt(await call(`GET ${prefix}/storage/getFileUrl/${id}`, { auth: ann }), 'result')
      const open = await urlOf('/~twin', NOWHERE)
      const shut = await urlOf('/~twin', NOWHERE.replace(/0$/, '1'))
      for (const [url, text] of [
        [open, 'open'],
        [shut, 'shut'],
      ] as const) {
        expect(url).toMatch(/^http:\/\/storage\.test\/~twin\/con/)
        expect(await (await send(new Request(url))).text()).toBe(text)
      }
      expect((await send(new Request(shut.replace('/~twin', '')))).status).toBe(403)
      expect(await urlOf('', NOWHERE)).not.toContain('twin')
    },
  )
})
