import { Agent, get } from 'node:http'
import request from 'supertest'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningMock, startMockConduit } from './index.ts'

let mock: RunningMock
beforeAll(async () => {
  mock = await startMockConduit({ options: { rateLimits: 'off' } })
})
afterAll(() => mock.stop())

const api = () => request(mock.url)

test('answers on the socket with exactly the headers of the backend', async () => {
  const { status, headers, text } = await api().get('/ready')
  expect([status, text]).toEqual([200, '{"result":"Conduit is online!"}'])
  const own = Object.keys(headers).filter(
    (name) => !['date', 'connection', 'keep-alive'].includes(name),
  )
  expect(own).toEqual([
    'access-control-allow-origin',
    'access-control-allow-credentials',
    'access-control-expose-headers',
    'content-security-policy',
    'cross-origin-opener-policy',
    'cross-origin-resource-policy',
    'origin-agent-cluster',
    'referrer-policy',
    'strict-transport-security',
    'x-content-type-options',
    'x-dns-prefetch-control',
    'x-download-options',
    'x-frame-options',
    'x-permitted-cross-domain-policies',
    'x-xss-protection',
    'cache-control',
    'content-type',
    'content-length',
    'etag',
  ])
})

test('HEAD has the headers of GET and no body', async () => {
  const { status, headers, text } = await api().head('/ready')
  expect([status, headers['content-length'], text]).toEqual([200, '31', undefined])
})

test('a malformed body of a GET is refused before CORS and helmet', async () => {
  const { status, text, headers } = await api()
    .get('/ready')
    .set('Content-Type', 'application/json')
    .send('{')
  expect([status, text]).toEqual([
    400,
    "Expected property name or '}' in JSON at position 1 (line 1 column 2)",
  ])
  expect([headers['x-powered-by'], headers['access-control-allow-origin']]).toEqual([
    'Express',
    undefined,
  ])
})

test('an unknown path is escaped on its page and hinted at in the journal', async () => {
  const { status, text } = await api().get('/authentication/usr?a=<b>')
  expect([status, text.includes('<pre>Cannot GET /authentication/usr</pre>')]).toEqual([404, true])
  const { entries } = await mock.control.journal({ operation: 'unknown' })
  expect(entries.at(-1)?.hint).toBe('GET /authentication/user')
})

test('a current ETag is answered 304, unless the cache is bypassed', async () => {
  const { headers } = await api().get('/ready')
  const etag = String(headers['etag'])
  expect((await api().get('/ready').set('If-None-Match', etag)).status).toBe(304)
  expect(
    (await api().get('/ready').set('If-None-Match', etag).set('Cache-Control', 'no-cache')).status,
  ).toBe(200)
})

test('any OPTIONS is a preflight while CORS is on', async () => {
  const { status, headers } = await api().options('/nope')
  expect([status, headers['access-control-allow-methods'], headers['x-frame-options']]).toEqual([
    204,
    'GET,HEAD,PUT,PATCH,POST,DELETE',
    undefined,
  ])
})

test('headers that change on a kept connection count at once, and the journal tells them apart', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const from = (await mock.control.journal()).lastSeq
  const statuses = []
  for (const type of ['a', 'a', 'b'])
    statuses.push(await statusOf(agent, { 'X-Request': type, Authorization: `Bearer ${type}` }))
  agent.destroy()
  const { entries } = await mock.control.journal({ since: from, operation: 'GET /ready' })
  const sent = entries.map(({ requestHeaders }) => new Map(requestHeaders).get('X-Request'))
  expect([statuses, sent]).toEqual([
    [200, 200, 200],
    ['a', 'a', 'b'],
  ])
})

function statusOf(agent: Agent, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(`${mock.url}/ready`, { agent, headers }, (response) => {
      response.resume().on('end', () => {
        resolve(response.statusCode)
      })
    }).on('error', reject)
  })
}

test('lists outside ASCII have the length of their bytes, asked anew and from the cache', async () => {
  const title = 'Καλημέρα 👋 für alle'
  const { accessToken } = (
    await api()
      .post('/authentication/local')
      .send({ email: 'alice@example.com', password: 'alice-password-1' })
  ).body as { accessToken: string }
  const authorization = `Bearer ${accessToken}`
  await api().post('/database/Post').set('Authorization', authorization).send({ title })
  const list = () =>
    api().get('/database/Post?skip=0&limit=50&sort=-createdAt').set('Authorization', authorization)
  for (const { text, headers } of [await list(), await list()]) {
    expect(text).toContain(title)
    expect(headers['content-length']).toBe(String(Buffer.byteLength(text)))
  }
})
