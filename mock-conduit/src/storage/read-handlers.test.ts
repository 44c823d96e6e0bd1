import { describe, expect, test } from 'vitest'
import {
  forbidden,
  internal,
  makeFile,
  missing,
  NOWHERE,
  setup,
  STORAGE_BASE,
  textAt,
  told,
} from './test-storage.ts'

const NO_TOKEN = {
  status: 401,
  body: {
    name: 'UNAUTHORIZED',
    status: 401,
    message: "No 'Authorization' header or 'accessToken' cookie present",
  },
}

describe('GET /storage/file/:id', () => {
  test('answers the document to any user, and a public one to anybody', async () => {
    const backend = await setup()
    const { call, bob } = backend
    const own = await makeFile(backend, { alias: 'b', mimeType: 'text/plain' })
    const open = await makeFile(backend, { name: 'open.txt', isPublic: true })
    expect((await call(`GET /storage/file/${own}`, { auth: bob })).body).toEqual({
      _id: own,
      name: 'a.txt',
      folder: '/',
      alias: 'b',
      container: 'conduit',
      size: 5,
      isPublic: false,
      url: null,
      sourceUrl: null,
      mimeType: 'text/plain',
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:00.000Z',
    })
    expect((await call(`GET /storage/file/${open}`)).status).toBe(200)
  })

  test('403 without a user, 404 for an unknown id, 500 for one that is no uuid', async () => {
    const backend = await setup()
    const { call, ann } = backend
    const id = await makeFile(backend)
    expect(told(await call(`GET /storage/file/${id}`))).toEqual(
      forbidden('File access is not public'),
    )
    expect(told(await call(`GET /storage/file/${NOWHERE}`))).toEqual(missing)
    expect(told(await call('GET /storage/file/zzz', { auth: ann }))).toEqual(
      internal('invalid input syntax for type uuid: "zzz"'),
    )
    expect(told(await call('GET /storage/file/a%00', { auth: ann }))).toEqual(
      internal('invalid input syntax for type uuid: "a\\0"'),
    )
  })

  test('takes an id in any notation that PostgreSQL takes', async () => {
    const backend = await setup()
    const id = await makeFile(backend)
    for (const form of [id.toUpperCase(), id.replaceAll('-', ''), `%7B${id}%7D`])
      expect((await backend.call(`GET /storage/file/${form}`, { auth: backend.ann })).status).toBe(
        200,
      )
  })
})

describe('GET /storage/getFileUrl/:id', () => {
  const SIGNED = /\?fileName=a.txt&expires=1767229200000&sig=[0-9a-f]{64}$/

  test('a private file gets a URL for an hour', async () => {
    const backend = await setup()
    const id = await makeFile(backend, { folder: 'docs' })
    const { body } = await backend.call(`GET /storage/getFileUrl/${id}`, { auth: backend.bob })
    const url = textAt({ status: 200, body }, 'result')
    expect(url).toMatch(SIGNED)
    expect(url.split('?')[0]).toBe(`${STORAGE_BASE}/conduit/docs/a.txt`)
  })

  test('a public file has its fixed URL, whoever asks and whether to download or not', async () => {
    const backend = await setup()
    const id = await makeFile(backend, { isPublic: true })
    const { body } = await backend.call(`GET /storage/file/${id}`)
    const url = textAt({ status: 200, body }, 'url')
    expect(url).toMatch(
      /^http:\/\/storage\.test\/conduit\/a\.txt\?expires=4889289600000&sig=[0-9a-f]{64}$/,
    )
    backend.world.clock.advance(1000)
    expect((await backend.call(`GET /storage/getFileUrl/${id}?download=true`)).body).toEqual({
      result: url,
    })
  })

  test.each([
    ['redirect=true', 302],
    ['redirect=false', 302],
    ['redirect=0', 302],
    ['redirect=', 200],
  ])('%s answers %i', async (query, status) => {
    const backend = await setup()
    const id = await makeFile(backend)
    const answer = await backend.call(`GET /storage/getFileUrl/${id}?${query}`, {
      auth: backend.ann,
    })
    expect(answer.status).toBe(status)
    if (status === 200) return
    expect(answer.headers.get('location')).toMatch(SIGNED)
    expect(answer.headers.get('cache-control')).toBe(null)
  })

  test('an alias names the download, and download=false downloads too', async () => {
    const backend = await setup()
    const id = await makeFile(backend, { alias: 'My file.txt' })
    const { body } = await backend.call(`GET /storage/getFileUrl/${id}?download=false`, {
      auth: backend.ann,
    })
    expect(textAt({ status: 200, body }, 'result')).toContain(
      '/conduit/a.txt?download=true&fileName=My+file.txt&expires=',
    )
  })

  test('every refusal is 500', async () => {
    const backend = await setup()
    const { call, ann } = backend
    const id = await makeFile(backend)
    expect(told(await call(`GET /storage/getFileUrl/${id}`, { auth: 'zzz' }))).toEqual(
      internal('File access is not public'),
    )
    expect(told(await call(`GET /storage/getFileUrl/${NOWHERE}`))).toEqual(
      internal('File does not exist'),
    )
    expect(told(await call('GET /storage/getFileUrl/zzz', { auth: ann }))).toEqual(
      internal(
        '/database.DatabaseProvider/findOne INTERNAL: invalid input syntax for type uuid: "zzz"',
      ),
    )
  })
})

describe('GET /storage/file/data/:id', () => {
  test('answers base64, also of a public file only to users', async () => {
    const backend = await setup()
    const id = await makeFile(backend, { data: 'AP8A/w==', isPublic: true })
    expect(
      (await backend.call(`GET /storage/file/data/${id}`, { auth: backend.bob })).body,
    ).toEqual({ data: 'AP8A/w==' })
    expect(told(await backend.call(`GET /storage/file/data/${id}`))).toEqual(NO_TOKEN)
  })

  test('500 for more than a message between modules may hold', async () => {
    const bytes = 256 * 1024 * 1024
    const { call, ann } = await setup({
      files: [{ _id: NOWHERE, name: 'huge', random: { bytes, seed: 1 } }],
    })
    expect(told(await call(`GET /storage/file/data/${NOWHERE}`, { auth: ann }))).toEqual(
      internal('Sent message larger than max (357913966 vs. 104857600)'),
    )
  })

  test('500 for an unknown file', async () => {
    const { call, ann } = await setup()
    expect(told(await call(`GET /storage/file/data/${NOWHERE}`, { auth: ann }))).toEqual(
      internal('File does not exist'),
    )
  })
})

describe('DELETE /storage/file/:id', () => {
  test('removes bytes and record; the second time it is 500', async () => {
    const backend = await setup()
    const { call, bob, send } = backend
    const id = await makeFile(backend, { isPublic: true })
    const { body } = await call(`GET /storage/getFileUrl/${id}`)
    const url = textAt({ status: 200, body }, 'result')
    expect((await call(`DELETE /storage/file/${id}`, { auth: bob })).body).toEqual({
      success: true,
    })
    expect((await send(new Request(url))).status).toBe(404)
    expect(told(await call(`DELETE /storage/file/${id}`, { auth: bob }))).toEqual(
      internal('File does not exist'),
    )
    expect(told(await call(`DELETE /storage/file/${id}`))).toEqual(NO_TOKEN)
  })
})

test('without the auth module only the open routes stand', async () => {
  const backend = await setup()
  const id = await makeFile(backend, { isPublic: true })
  backend.world.setConfig({ authentication: { local: { enabled: false } } })
  expect((await backend.call(`GET /storage/getFileUrl/${id}`)).status).toBe(200)
  expect((await backend.call('POST /storage/file', { json: { data: '' } })).status).toBe(404)
})
