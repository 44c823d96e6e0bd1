import { describe, expect, test } from 'vitest'
import { makeFile, setup, STORAGE_BASE, textAt } from './test-storage.ts'

type Backend = Awaited<ReturnType<typeof setup>>

const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, PUT, OPTIONS',
  'access-control-allow-headers': 'Content-Type, x-ms-blob-type',
  'access-control-max-age': '86400',
}

async function urlOf(backend: Backend, file: Record<string, unknown> = {}, query = '') {
  const id = await makeFile(backend, file)
  const { call, ann } = backend
  return textAt(await call(`GET /storage/getFileUrl/${id}${query}`, { auth: ann }), 'result')
}

async function fetched({ send }: Backend, url: string, init: RequestInit = {}) {
  const response = await send(new Request(url, init))
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text: await response.text(),
  }
}

describe('GET', () => {
  test('answers the bytes without length, tag or ranges, by the ending of the name', async () => {
    const backend = await setup()
    const url = await urlOf(backend, { mimeType: 'image/png', alias: 'My ä.bin' })
    expect(await fetched(backend, url, { headers: { Range: 'bytes=0-1' } })).toEqual({
      status: 200,
      headers: {
        ...cors,
        'content-type': 'text/plain',
        'content-disposition': `inline; filename="My ä.bin"; filename*=UTF-8''My%20%C3%A4.bin`,
      },
      text: 'hello',
    })
  })

  test.each([
    ['a.PNG', 'image/png'],
    ['a.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['a.tar.gz', 'application/octet-stream'],
    ['.txt', 'application/octet-stream'],
    ['constructor', 'application/octet-stream'],
  ])('%s is %s', async (name, type) => {
    const backend = await setup()
    const { headers } = await fetched(backend, await urlOf(backend, { name }))
    expect(headers['content-type']).toBe(type)
  })

  test('an empty file has a length, of zero', async () => {
    const backend = await setup()
    const { headers, text } = await fetched(backend, await urlOf(backend, { data: '' }))
    expect([headers['content-length'], text]).toEqual(['0', ''])
  })

  test('a download is an attachment; a public URL has no disposition', async () => {
    const backend = await setup()
    const download = await fetched(backend, await urlOf(backend, {}, '?download=true'))
    expect(download.headers['content-disposition']).toBe(
      `attachment; filename="a.txt"; filename*=UTF-8''a.txt`,
    )
    const open = await fetched(backend, await urlOf(backend, { name: 'b.txt', isPublic: true }))
    expect(open.headers['content-disposition']).toBe(undefined)
  })

  test.each(['sp ä é.txt', 'a+b.txt', "it's.txt", 'a&b=c.txt', 'x/y.txt'])(
    'the name %j is served through its own URL',
    async (name) => {
      const backend = await setup()
      expect((await fetched(backend, await urlOf(backend, { name }))).text).toBe('hello')
    },
  )

  test.each([
    ['a%41.txt', 403, 'Invalid or expired signature'],
    ['a%zz.txt', 400, 'Bad request'],
    ['a?b.txt', 403, 'Invalid or expired signature'],
  ])('the name %j breaks its own URL', async (name, status, text) => {
    const backend = await setup()
    expect(await fetched(backend, await urlOf(backend, { name }))).toMatchObject({ status, text })
  })

  test('an alias with a quote is a bad request that is typed', async () => {
    const backend = await setup()
    expect(await fetched(backend, await urlOf(backend, { alias: 'a"b' }))).toEqual({
      status: 400,
      headers: { ...cors, 'content-type': 'text/plain' },
      text: 'Bad request',
    })
  })

  test('an alias beyond latin1 breaks the connection', async () => {
    const backend = await setup()
    const url = await urlOf(backend, { alias: '写真' })
    await expect(backend.send(new Request(url))).rejects.toThrow('fetch failed')
  })
})

describe('signatures', () => {
  const refused = { status: 403, headers: cors, text: 'Invalid or expired signature' }

  test('expire after an hour by the clock of the world', async () => {
    const backend = await setup()
    const url = await urlOf(backend)
    backend.world.clock.advance(3_600_000)
    expect((await fetched(backend, url)).status).toBe(200)
    backend.world.clock.advance(1)
    expect(await fetched(backend, url)).toEqual(refused)
  })

  test.each([
    ['sig', (url: string) => url.replace(/sig=../, 'sig=zz')],
    ['short sig', (url: string) => url.replace(/sig=.*/, 'sig=ab')],
    ['expires', (url: string) => url.replace(/expires=\d+/, 'expires=9999999999999')],
    ['no number', (url: string) => url.replace(/expires=\d+/, 'expires=never')],
    ['path', (url: string) => url.replace('/a.txt', '/b.txt')],
    ['download', (url: string) => `${url}&download=true`],
    ['fileName', (url: string) => url.replace('fileName=a', 'fileName=b')],
  ])('cover %s', async (_name, change) => {
    const backend = await setup()
    expect(await fetched(backend, change(await urlOf(backend)))).toEqual(refused)
  })

  test('leave other parameters free', async () => {
    const backend = await setup()
    expect((await fetched(backend, `${await urlOf(backend)}&x=1`)).status).toBe(200)
  })

  test.each(['HEAD', 'POST', 'PUT', 'DELETE', 'PATCH'])(
    'of a GET do not open %s',
    async (method) => {
      const backend = await setup()
      expect((await fetched(backend, await urlOf(backend), { method })).status).toBe(403)
    },
  )

  test('are asked for, except at the root and by OPTIONS', async () => {
    const backend = await setup()
    const at = (path: string, method = 'GET') =>
      fetched(backend, `${STORAGE_BASE}${path}`, { method })
    expect(await at('/conduit/a.txt')).toEqual({
      status: 403,
      headers: cors,
      text: 'Signature required',
    })
    expect(await at('/')).toEqual({ status: 403, headers: cors, text: 'Forbidden' })
    expect(await at('/x', 'OPTIONS')).toEqual({ status: 204, headers: cors, text: '' })
  })

  test('do not help out of the root', async () => {
    const backend = await setup()
    for (const path of ['/..%2F..%2Fetc%2Fpasswd', '/%2e%2e%2fetc', '/conduit%2F..%2F..'])
      expect((await fetched(backend, STORAGE_BASE + path)).text).toBe('Forbidden')
    expect((await fetched(backend, `${STORAGE_BASE}/%zz`)).text).toBe('Bad request')
  })
})
