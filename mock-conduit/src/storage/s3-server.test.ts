import { describe, expect, test } from 'vitest'
import { base64, makeFile, setup, STORAGE_BASE, textAt } from './test-storage.ts'

type Backend = Awaited<ReturnType<typeof setup>>

const s3 = () => setup({ options: { storage: { dialect: 's3' } } })

async function urlOf(backend: Backend, file: Record<string, unknown> = {}, query = '') {
  const id = await makeFile(backend, { data: base64('0123456789'), ...file })
  const { call, ann } = backend
  return textAt(await call(`GET /storage/getFileUrl/${id}${query}`, { auth: ann }), 'result')
}

async function fetched({ send }: Backend, url: string, init: RequestInit = {}) {
  const response = await send(new Request(url, init))
  const { 'x-amz-request-id': _id, ...headers } = Object.fromEntries(response.headers)
  return { status: response.status, headers, text: await response.text() }
}

const ETAG = '"781e5e245d69b566979b86e28d23f2c7"'
const whole = {
  'accept-ranges': 'bytes',
  'content-disposition': `inline; filename="a.txt"; filename*=UTF-8''a.txt`,
  'content-length': '10',
  'content-type': 'application/octet-stream',
  etag: ETAG,
  'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
}
const code = (text: string) => /<Code>(.*?)<\/Code>/.exec(text)?.[1]

test('URLs are presigned as the AWS SDK does', async () => {
  const url = new URL(await urlOf(await s3(), { folder: 'my docs' }, '?download=true'))
  expect(url.origin + url.pathname).toBe(`${STORAGE_BASE}/conduit-mock-conduit/my%20docs/a.txt`)
  const { 'X-Amz-Signature': signature, ...params } = Object.fromEntries(url.searchParams)
  expect(signature).toMatch(/^[0-9a-f]{64}$/)
  expect(params).toEqual({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
    'X-Amz-Credential': 'MOCKCONDUITACCESSKEY/20260101/us-east-1/s3/aws4_request',
    'X-Amz-Date': '20260101T000000Z',
    'X-Amz-Expires': '3600',
    'X-Amz-SignedHeaders': 'host',
    'response-content-disposition': `attachment; filename="a.txt"; filename*=UTF-8''a.txt`,
    'x-id': 'GetObject',
  })
})

describe('reading', () => {
  test('GET and HEAD describe the object', async () => {
    const backend = await s3()
    const url = await urlOf(backend)
    expect(await fetched(backend, url)).toEqual({ status: 200, headers: whole, text: '0123456789' })
    expect(await fetched(backend, url, { method: 'HEAD' })).toEqual({
      status: 200,
      headers: whole,
      text: '',
    })
  })

  test.each([
    ['bytes=0-3', '0123', '0-3'],
    ['bytes=4-', '456789', '4-9'],
    ['bytes=-4', '6789', '6-9'],
    ['bytes=8-100', '89', '8-9'],
    ['bytes=-100', '0123456789', '0-9'],
  ])('Range %s', async (range, text, shown) => {
    const backend = await s3()
    const answer = await fetched(backend, await urlOf(backend), { headers: { range } })
    expect(answer).toEqual({
      status: 206,
      headers: {
        ...whole,
        'content-length': String(text.length),
        'content-range': `bytes ${shown}/10`,
      },
      text,
    })
  })

  test.each(['bytes=0-1,4-5', 'bytes=5-2', 'lines=1-2', 'bytes=x-'])(
    'Range %s is ignored',
    async (range) => {
      const backend = await s3()
      expect((await fetched(backend, await urlOf(backend), { headers: { range } })).status).toBe(
        200,
      )
    },
  )

  test.each(['bytes=10-', 'bytes=100-200', 'bytes=-0'])('Range %s is refused', async (range) => {
    const backend = await s3()
    const answer = await fetched(backend, await urlOf(backend), { headers: { range } })
    expect([answer.status, code(answer.text), answer.headers['content-range']]).toEqual([
      416,
      'InvalidRange',
      'bytes */10',
    ])
    expect(answer.text).toContain('<ActualObjectSize>10</ActualObjectSize>')
  })

  test.each([
    [ETAG, 206],
    ['"other"', 200],
    [`W/${ETAG}`, 200],
    ['Thu, 01 Jan 2026 00:00:00 GMT', 206],
    ['Thu, 01 Jan 2027 00:00:00 GMT', 200],
  ])('If-Range %s answers %i', async (condition, status) => {
    const backend = await s3()
    const headers = { range: 'bytes=0-1', 'if-range': condition }
    expect((await fetched(backend, await urlOf(backend), { headers })).status).toBe(status)
  })

  test.each([
    ['if-none-match', ETAG, 304],
    ['if-none-match', '"x"', 200],
    ['if-modified-since', 'Thu, 01 Jan 2026 00:00:00 GMT', 304],
    ['if-modified-since', 'Wed, 31 Dec 2025 00:00:00 GMT', 200],
    ['if-match', '"x"', 412],
    ['if-unmodified-since', 'Wed, 31 Dec 2025 00:00:00 GMT', 412],
  ])('%s: %s answers %i', async (name, value, status) => {
    const backend = await s3()
    const answer = await fetched(backend, await urlOf(backend), { headers: { [name]: value } })
    expect(answer.status).toBe(status)
  })

  test('public files need no signature', async () => {
    const backend = await s3()
    const url = await urlOf(backend, { isPublic: true })
    expect(url).toBe(`${STORAGE_BASE}/conduit-mock-conduit/a.txt`)
    expect((await fetched(backend, url)).text).toBe('0123456789')
  })

  test.each(['a b+c.txt', 'ü?&#%.txt', 'a%41.txt', "(it's)*!.txt", '写真.png'])(
    'the name %j is served through its own URL',
    async (name) => {
      const backend = await s3()
      expect((await fetched(backend, await urlOf(backend, { name }))).status).toBe(200)
    },
  )
})

describe('refusals', () => {
  test('expired', async () => {
    const backend = await s3()
    const url = await urlOf(backend)
    backend.world.clock.advance(3_600_001)
    const { status, text, headers } = await fetched(backend, url)
    expect([status, headers['content-type']]).toEqual([403, 'application/xml'])
    expect(text.replace(/[0-9a-f]{64}|[0-9A-F]{16}/g, '…')).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Request has expired</Message>' +
        '<X-Amz-Expires>3600</X-Amz-Expires><Expires>2026-01-01T01:00:00Z</Expires><ServerTime>2026-01-01T01:00:00Z</ServerTime>' +
        '<StringToSign>AWS4-HMAC-SHA256\n20260101T000000Z\n20260101/us-east-1/s3/aws4_request\n…</StringToSign>' +
        '<Key>a.txt</Key><BucketName>conduit-mock-conduit</BucketName><Resource>/conduit-mock-conduit/a.txt</Resource>' +
        '<RequestId>…</RequestId><HostId>mock-conduit</HostId></Error>',
    )
  })

  test.each([
    ['changed path', (url: string) => url.replace('a.txt', 'b.txt'), 403, 'SignatureDoesNotMatch'],
    [
      'changed parameter',
      (url: string) => url.replace('inline', 'attachment'),
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'other key',
      (url: string) => url.replace('MOCKCONDUIT', 'SOMEBODY'),
      403,
      'InvalidAccessKeyId',
    ],
    [
      'missing date',
      (url: string) => url.replace(/X-Amz-Date=\w+&/, ''),
      400,
      'AuthorizationQueryParametersError',
    ],
    ['no signature', (url: string) => url.replace(/\?.*/, ''), 403, 'AccessDenied'],
    ['other bucket', (url: string) => url.replace('conduit-mock', 'x'), 404, 'NoSuchBucket'],
    ['bad escape', (url: string) => url.replace('a.txt', '%zz'), 400, 'InvalidURI'],
  ])('%s', async (_name, change, status, expected) => {
    const backend = await s3()
    const answer = await fetched(backend, change(await urlOf(backend)))
    expect([answer.status, code(answer.text)]).toEqual([status, expected])
  })

  test('a signed URL together with an Authorization header', async () => {
    const backend = await s3()
    const headers = { authorization: 'Bearer x' }
    const { status, text } = await fetched(backend, await urlOf(backend), { headers })
    expect([status, code(text)]).toEqual([400, 'InvalidArgument'])
  })

  test('another host than the signed one', async () => {
    const backend = await s3()
    const headers = { host: 'elsewhere.test' }
    const { text } = await fetched(backend, await urlOf(backend), { headers })
    expect(code(text)).toBe('SignatureDoesNotMatch')
  })

  test('a deleted object', async () => {
    const backend = await s3()
    const id = await makeFile(backend)
    const { call, ann } = backend
    const url = textAt(await call(`GET /storage/getFileUrl/${id}`, { auth: ann }), 'result')
    await call(`DELETE /storage/file/${id}`, { auth: ann })
    const { status, text } = await fetched(backend, url)
    expect([status, code(text)]).toEqual([404, 'NoSuchKey'])
  })
})

test('an upload keeps its type and encoding', async () => {
  const backend = await s3()
  const { call, ann } = backend
  const made = await call('POST /storage/upload', { json: { name: 'x.css' }, auth: ann })
  const put = await fetched(backend, textAt(made, 'url'), {
    method: 'PUT',
    headers: { 'content-type': 'text/css', 'content-encoding': 'gzip' },
    body: '0123456789',
  })
  expect(put).toEqual({ status: 200, headers: { 'content-length': '0', etag: ETAG }, text: '' })
  const { file } = made.body as { file: { _id: string } }
  const read = await call(`GET /storage/getFileUrl/${file._id}`, { auth: ann })
  const { headers } = await fetched(backend, textAt(read, 'result'))
  expect([headers['content-type'], headers['content-encoding']]).toEqual(['text/css', 'gzip'])
})

test.each([
  ['of these bytes', 'eB5eJF1ptWaXm4bijSPyxw==', [200, undefined, true]],
  ['of other bytes', 'XUFAKrxLKna5cZ2REBfFkg==', [400, 'BadDigest', false]],
  ['that is none', 'nonsense', [400, 'InvalidDigest', false]],
])('an upload with a Content-MD5 %s', async (_, digest, expected) => {
  const backend = await s3()
  const { call, ann } = backend
  const made = await call('POST /storage/upload', { json: { name: 'x.txt' }, auth: ann })
  const { status, text } = await fetched(backend, textAt(made, 'url'), {
    method: 'PUT',
    headers: { 'content-md5': digest },
    body: '0123456789',
  })
  const { file } = made.body as { file: { _id: string } }
  const read = await call(`GET /storage/getFileUrl/${file._id}`, { auth: ann })
  const kept = (await fetched(backend, textAt(read, 'result'))).text === '0123456789'
  expect([status, code(text), kept]).toEqual(expected)
})

test('a change of dialect gives public files new URLs and keeps the bytes', async () => {
  const backend = await s3()
  const id = await makeFile(backend, { isPublic: true })
  backend.world.setOptions({ storage: { dialect: 'local' } })
  const url = textAt(await backend.call(`GET /storage/getFileUrl/${id}`), 'result')
  expect(url).toMatch(/^http:\/\/storage\.test\/conduit\/a\.txt\?expires=/)
  expect((await fetched(backend, url)).text).toBe('hello')
})
