import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  base64,
  forbidden,
  internal,
  makeFile,
  missing,
  NOWHERE,
  setup,
  textAt,
  told,
} from './test-storage.ts'

type Backend = Awaited<ReturnType<typeof setup>>

const post = ({ call, ann }: Backend, json: Record<string, unknown>) =>
  call('POST /storage/file', { json: { data: '', ...json }, auth: ann })
const patch = ({ call, ann }: Backend, id: string, json: Record<string, unknown>) =>
  call(`PATCH /storage/file/${id}`, { json, auth: ann })
const dataOf = async ({ call, ann }: Backend, id: string) =>
  (await call(`GET /storage/file/data/${id}`, { auth: ann })).body

describe('POST /storage/file', () => {
  test.each([
    [undefined, '/'],
    ['', '/'],
    ['/', '/'],
    ['dir', 'dir/'],
    ['/dir/sub/', 'dir/sub/'],
    [' a//b ', 'a/b/'],
  ])('folder %j becomes %j', async (folder, normal) => {
    const backend = await setup()
    expect((await post(backend, { name: 'x', folder })).body).toMatchObject({ folder: normal })
  })

  test.each([
    ['aGVsbG8=', 5],
    ['', 0],
    ['%%%', 0],
    ['data:text/plain;base64,aGk=', 17],
  ])('data %j has %i bytes', async (data, size) => {
    const backend = await setup()
    expect((await post(backend, { name: 'x', data })).body).toMatchObject({ size })
  })

  test('without a name it gets a uuid', async () => {
    const { body } = await post(await setup(), { name: '' })
    expect(textAt({ status: 200, body }, 'name')).toMatch(/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}/)
  })

  test('a taken name is refused; one that was numbered counts as taken', async () => {
    const backend = await setup()
    await post(backend, { name: 'a (1).txt' })
    expect(told(await post(backend, { name: 'a.txt' }))).toEqual(internal('File already exists'))
    expect((await post(backend, { name: 'a.txt', folder: 'b' })).status).toBe(200)
    expect((await post(backend, { name: 'a.txt', container: 'pub' })).status).toBe(200)
  })

  test('config numbers taken names', async () => {
    const backend = await setup({ storage: { suffixOnNameConflict: true } })
    const names = []
    for (const name of ['a.txt', 'a.txt', 'a.txt', 'b', 'b', 'c/d.txt', 'c/d.txt'])
      names.push(textAt(await post(backend, { name }), 'name'))
    expect(names).toEqual(['a.txt', 'a (1).txt', 'a (2).txt', 'b', 'b (1)', 'c/d.txt', 'd (1).txt'])
  })

  test('an unknown container is made, public if the file is', async () => {
    const backend = await setup()
    await post(backend, { name: 'a', container: 'fresh', isPublic: true })
    expect(told(await post(backend, { name: 'b', container: 'fresh', isPublic: false }))).toEqual(
      internal('Files in public containers cannot be private'),
    )
    expect((await post(backend, { name: 'b', container: 'fresh' })).body).toMatchObject({
      isPublic: false,
    })
  })

  test('config refuses to make containers', async () => {
    const backend = await setup({ storage: { allowContainerCreation: false } })
    expect(told(await post(backend, { name: 'a', container: 'fresh' }))).toEqual(
      forbidden('Container creation is not allowed!'),
    )
    expect((await post(backend, { name: 'a', container: 'pub' })).status).toBe(200)
  })

  test('texts past 255 characters are the database error', async () => {
    const backend = await setup()
    expect(told(await post(backend, { name: 'a', alias: 'x'.repeat(256) }))).toEqual(
      internal(
        '/database.DatabaseProvider/create INTERNAL: value too long for type character varying(255)',
      ),
    )
    expect((await post(backend, { name: 'b', alias: 'ä'.repeat(255) })).status).toBe(200)
    expect(told(await post(backend, { name: 'y'.repeat(256) }))).toEqual(
      internal(`ENAMETOOLONG: name too long, open '/var/tmp/conduit/${'y'.repeat(256)}'`),
    )
  })

  test('a file and a folder cannot have one name', async () => {
    const backend = await setup()
    await post(backend, { name: 'sub/a' })
    expect(told(await post(backend, { name: 'sub' }))).toEqual(
      internal("EISDIR: illegal operation on a directory, open '/var/tmp/conduit/sub'"),
    )
    expect(told(await post(backend, { name: 'sub/a/b' }))).toEqual(
      internal("EEXIST: file already exists, mkdir '/var/tmp/conduit/sub/a'"),
    )
    expect(told(await post(backend, { name: 'sub/a/b/c' }))).toEqual(
      internal("ENOTDIR: not a directory, mkdir '/var/tmp/conduit/sub/a/b'"),
    )
  })

  test('the limit of 60 writes per hour follows the clock', async () => {
    const backend = await setup({ options: { rateLimits: 'conduit' } })
    const statuses = new Set<number>()
    for (let at = 0; at < 60; at += 1) {
      backend.world.clock.advance(100)
      statuses.add((await post(backend, {})).status)
    }
    expect([...statuses]).toEqual([200])
    expect((await post(backend, {})).body).toEqual({
      name: 'RATE_LIMIT',
      status: 429,
      message: 'Too Many Requests',
    })
    backend.world.clock.advance(3_600_000)
    const { call } = backend
    const json = { email: 'ann@example.com', password: 'correct horse battery 1' }
    const ann = textAt(await call('POST /authentication/local', { json }), 'accessToken')
    expect((await post({ ...backend, ann }, {})).status).toBe(200)
  })
})

describe('names that climb', () => {
  test('reach what is there, as on a disk', async () => {
    const backend = await setup()
    const victim = await makeFile(backend, { name: 'a.txt', container: 'pub' })
    const inner = await makeFile(backend, { name: 'a.txt' })
    const climber = await makeFile(backend, { name: '../pub/a.txt', data: base64('over it') })
    expect(await dataOf(backend, victim)).toEqual({ data: base64('over it') })
    expect(await dataOf(backend, inner)).toEqual({ data: base64('hello') })
    const removed = await backend.call(`DELETE /storage/file/${climber}`, { auth: backend.ann })
    expect(removed.status).toBe(200)
    expect(await dataOf(backend, victim)).toEqual(internal('File does not exist').body)
  })

  test('out of the storage are kept beside it', async () => {
    const backend = await setup()
    const id = await makeFile(backend, { name: '../../a.txt', data: base64('out') })
    expect(await dataOf(backend, id)).toEqual({ data: base64('out') })
  })

  test.each([
    [{ name: '..' }, ''],
    [{ name: '../pub' }, '/pub'],
    [{ name: 'conduit' }, '/conduit'],
    [{ name: '../..' }, '/..'],
  ])('to a folder are refused: %j', async (file, folder) => {
    const backend = await setup()
    const root = backend.world.config.storage.local.storagePath
    const path = posix.resolve(`${root}${folder}`)
    const json = { data: base64('x'), ...file }
    expect(told(await backend.call('POST /storage/file', { json, auth: backend.ann }))).toEqual(
      internal(`EISDIR: illegal operation on a directory, open '${path}'`),
    )
  })

  test('their URL, once a client has resolved it, opens nothing', async () => {
    const backend = await setup()
    const id = await makeFile(backend, { name: '../pub/a.txt' })
    const { body } = await backend.call(`GET /storage/getFileUrl/${id}`, { auth: backend.ann })
    const answer = await backend.send(new Request(textAt({ status: 200, body }, 'result')))
    expect([answer.status, await answer.text()]).toEqual([403, 'Invalid or expired signature'])
  })
})

describe('PATCH /storage/file/:id', () => {
  test('stores new bytes and leaves the size', async () => {
    const backend = await setup()
    const id = await makeFile(backend, { alias: 'x', mimeType: 'text/plain' })
    backend.world.clock.advance(5000)
    expect((await patch(backend, id, { data: base64('longer text') })).body).toMatchObject({
      size: 5,
      alias: 'x',
      mimeType: 'text/plain',
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:05.000Z',
    })
    expect(await dataOf(backend, id)).toEqual({ data: base64('longer text') })
  })

  test('moves the bytes with the name, and gives a public file its new URL', async () => {
    const backend = await setup()
    const id = await makeFile(backend, { isPublic: true })
    const { body } = await patch(backend, id, { data: base64('x'), name: 'b.txt', folder: 'f' })
    expect(body).toMatchObject({ name: 'b.txt', folder: 'f/', isPublic: true })
    const url = textAt({ status: 200, body }, 'url')
    expect(url).toContain('/conduit/f/b.txt?expires=')
    expect(await (await backend.send(new Request(url))).text()).toBe('x')
    expect((await post(backend, { name: 'a.txt' })).status).toBe(200)
  })

  test('refuses a taken place and unknown files', async () => {
    const backend = await setup()
    const id = await makeFile(backend)
    await makeFile(backend, { name: 'b.txt' })
    expect(told(await patch(backend, id, { data: '', name: 'b.txt' }))).toEqual(
      internal('File already exists'),
    )
    expect(told(await patch(backend, NOWHERE, { data: '' }))).toEqual(missing)
    expect((await patch(backend, id, { name: 'c.txt' })).status).toBe(400)
  })
})

describe('upload by URL', () => {
  const upload = ({ call, ann }: Backend, json: Record<string, unknown>) =>
    call('POST /storage/upload', { json, auth: ann })
  const fileOf = (body: unknown): { _id: string } => {
    const { file } = body as { file: { _id: string } }
    return file
  }
  const put = ({ send }: Backend, url: string, body: string) =>
    send(new Request(url, { method: 'PUT', body }))

  test('the bytes go to the URL as often as one likes; the size stays as declared', async () => {
    const backend = await setup()
    const made = await upload(backend, { name: 'u.txt', size: 5 })
    const { _id } = fileOf(made.body)
    expect(fileOf(made.body)).toMatchObject({ name: 'u.txt', size: 5, url: null })
    expect(await dataOf(backend, _id)).toEqual({ data: base64('PENDING UPLOAD') })
    for (const bytes of ['hello', 'hello, again']) {
      const answer = await put(backend, textAt(made, 'url'), bytes)
      expect([answer.status, await answer.json()]).toEqual([200, { success: true }])
      expect(await dataOf(backend, _id)).toEqual({ data: base64(bytes) })
    }
    const { body } = await backend.call(`GET /storage/file/${_id}`, { auth: backend.ann })
    expect(body).toMatchObject({ size: 5 })
  })

  test('the URL is for PUT alone and for an hour', async () => {
    const backend = await setup()
    const url = textAt(await upload(backend, {}), 'url')
    expect((await backend.send(new Request(url))).status).toBe(403)
    backend.world.clock.advance(3_600_000)
    expect((await put(backend, url, 'x')).status).toBe(200)
    backend.world.clock.advance(1)
    expect((await put(backend, url, 'x')).status).toBe(403)
  })

  test('PATCH of the data about it keeps the bytes; a move loses them', async () => {
    const backend = await setup()
    const id = await makeFile(backend)
    const again = (json: Record<string, unknown>) =>
      backend.call(`PATCH /storage/upload/${id}`, { json, auth: backend.ann })
    expect(fileOf((await again({ alias: 'x', size: 9 })).body)).toMatchObject({
      alias: 'x',
      size: 9,
    })
    expect(await dataOf(backend, id)).toEqual({ data: base64('hello') })
    expect(fileOf((await again({ folder: 'f' })).body)).toMatchObject({ folder: 'f/', size: 9 })
    expect(await dataOf(backend, id)).toEqual({ data: base64('PENDING UPLOAD') })
  })
})

test.each([
  ['POST /storage/file', 'name alias mimeType data folder container isPublic'],
  ['POST /storage/upload', 'name alias mimeType folder size container isPublic'],
  [`PATCH /storage/file/${NOWHERE}`, 'name alias folder container data mimeType'],
  [`PATCH /storage/upload/${NOWHERE}`, 'name alias folder container mimeType size'],
])('%s tells its issues in the order of its declaration', async (operation, order) => {
  const { call, world } = await setup()
  world.setOptions({ mode: 'development' })
  const names = order.split(' ')
  const json = Object.fromEntries(names.toSorted().map((name) => [name, null]))
  const page = String((await call(operation, { json })).body)
  expect([...page.matchAll(/(\w+): Invalid input/g)].map(([, name]) => name)).toEqual(names)
})
