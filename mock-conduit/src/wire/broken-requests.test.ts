import { request as send } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSchema } from '../database/test-collection.ts'
import { type RunningMock, startMockConduit } from '../index.ts'
import { testWorld } from '../test-world.ts'

let mock: RunningMock
beforeAll(async () => {
  mock = await startMockConduit({
    world: testWorld({ schemas: [openSchema('Post', { title: 'String' })] }),
    options: { rateLimits: 'off' },
  })
})
afterAll(() => mock.stop())

/** Sends a target as it stands. */
async function ask(
  method: string,
  path: string,
  sent?: { type: string; body: string },
): Promise<[status: number | undefined, body: string]> {
  const { hostname, port } = new URL(mock.url)
  const headers = sent ? { 'Content-Type': sent.type } : {}
  return new Promise((resolve, reject) => {
    const request = send({ hostname, port, method, path, headers }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (text: string) => (body += text))
      response.on('end', () => {
        resolve([response.statusCode, body])
      })
    })
    request.on('error', reject)
    request.end(sent?.body)
  })
}

const page = (text: string) =>
  `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n<pre>${text}</pre>\n</body>\n</html>\n`

test('a hash ends the target', async () => {
  expect(await ask('GET', '/database/Post#x?limit=abc')).toEqual([
    200,
    '{"documents":[],"count":0}',
  ])
  expect(await ask('GET', "/no'pe{#x")).toEqual([404, page('Cannot GET /no%27pe%7B')])
})

test('a broken escape is text in a path that no route has, and refused in a parameter of any method', async () => {
  expect(await ask('GET', '/%E0%A4%A')).toEqual([404, page('Cannot GET /%E0%A4%25A')])
  for (const method of ['GET', 'POST', 'DELETE'])
    expect(await ask(method, '/database/Post/%E0%A4%A')).toEqual([400, page('Bad Request')])
  await mock.control.setOptions({ mode: 'development' })
  const [, body] = await ask('PATCH', '/database/Post/%E0%A4%A', {
    type: 'application/json',
    body: '{"title":1}',
  })
  expect(body).toContain('<pre>URIError: Failed to decode param &#39;%E0%A4%A&#39;<br>')
  await mock.control.setOptions({ mode: 'production' })
})

test('a lone comma among the values of a parameter is stumbled over before the body is validated', async () => {
  const json = { type: 'application/json', body: '{"title":1}' }
  expect(await ask('GET', '/database/Post?a=,&a=b')).toEqual([500, page('Internal Server Error')])
  expect(await ask('POST', '/database/Post?a=b&a=,', json)).toEqual([
    500,
    page('Internal Server Error'),
  ])
  expect((await ask('GET', '/database/Post?a=,'))[0]).toBe(200)
})

test('the reference page is there for any method; the document names its methods while CORS is off', async () => {
  expect(await ask('POST', '/reference/x')).toEqual(await ask('GET', '/Reference'))
  expect((await ask('POST', '/swagger.json'))[0]).toBe(404)
  await mock.control.setConfig({ router: { cors: { enabled: false } } })
  expect(await ask('OPTIONS', '/swagger.json')).toEqual([200, 'GET, HEAD'])
  await mock.control.setConfig({})
})

test.each([
  ['application/json', 'given'],
  ['application/json; charset=utf-8', 'given'],
  ['application/json ; x', 'given'],
  ['application/json, text/plain', null],
  ['application/json,application/json', null],
  ['application/json charset=utf-8', null],
  ['application/jsonx', null],
  ['text/plain, application/json', null],
])('a body of type %s has the title %j', async (type, title) => {
  const [status, text] = await ask('POST', '/database/Post', { type, body: '{"title":"given"}' })
  expect([status, JSON.parse(text)]).toMatchObject([200, { title }])
})

test('what a body has under __proto__ counts', async () => {
  const body = '{"__proto__":{"title":"inherited"}}'
  const [, text] = await ask('POST', '/database/Post', { type: 'application/json', body })
  expect(JSON.parse(text)).toMatchObject({ title: 'inherited' })
})

test('the API reference is shown to any method, and /swagger leads on with its query', async () => {
  for (const method of ['POST', 'PROPFIND'])
    expect(await ask(method, '/REFERENCE/x')).toMatchObject([
      200,
      expect.stringContaining('Scalar API Reference'),
    ])
  expect(await ask('GET', '/swagger?a=<')).toMatchObject([
    301,
    expect.stringContaining('Redirecting to /swagger/?a=%3C'),
  ])
})

test('a whole URL is asked for its path, and the star for nothing', async () => {
  const [status] = await ask('GET', 'http://other.test/database/Post?limit=1')
  expect(status).toBe(200)
  expect(await ask('GET', 'http://other.test')).toEqual([404, page('Cannot GET /')])
  expect(await ask('OPTIONS', '*')).toEqual([404, page('Cannot OPTIONS *')])
})
