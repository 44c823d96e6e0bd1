import { describe, expect, it } from 'vitest'
import { ORIGIN, send, signedIn, testBff, testConduit } from './test-client.ts'

async function setup() {
  const conduit = await testConduit()
  const bff = await testBff(conduit)
  return { conduit, bff, cookie: await signedIn(bff) }
}

const login = { method: 'POST', json: { email: 'a@example.test', password: 'secret' } }
const create = { method: 'POST', json: { title: 'one' } }

describe('sessions', () => {
  it('keep nothing in the browser but a random id', async () => {
    const { bff } = await setup()
    const answer = await send(bff, '/api/auth/login', login)
    expect(await answer.json()).toEqual({ ok: true })
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-bff_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
    )
  })

  it('end on the server at logout, which may be repeated', async () => {
    const { conduit, bff, cookie } = await setup()
    const out = { method: 'POST', cookie }
    expect((await send(bff, '/api/auth/logout', out)).status).toEqual(204)
    expect((await send(bff, '/api/auth/logout', out)).status).toEqual(204)
    const before = conduit.calls.length
    expect((await send(bff, '/api/posts', { cookie })).status).toEqual(401)
    expect(conduit.calls.length).toEqual(before)
  })

  it('get a new id at each login, and the old one ends', async () => {
    const { bff, cookie } = await setup()
    const again = await send(bff, '/api/auth/login', { ...login, cookie })
    expect(again.headers.get('set-cookie')?.startsWith(cookie)).toEqual(false)
    expect((await send(bff, '/api/posts', { cookie })).status).toEqual(401)
  })

  for (const value of ['', 'x', 'a'.repeat(8192), '%00', 'A'.repeat(43)])
    it(`refuse the cookie ${value.slice(0, 12)}… of ${value.length} characters without asking the backend`, async () => {
      const { conduit, bff } = await setup()
      const before = conduit.calls.length
      const answer = await send(bff, '/api/posts', { cookie: `__Host-bff_session=${value}` })
      expect([answer.status, conduit.calls.length]).toEqual([401, before])
      expect(answer.headers.get('set-cookie')?.includes('Max-Age=0')).toEqual(true)
    })
})

describe('foreign requests', () => {
  const foreign: [string, Record<string, string>][] = [
    ['another origin', { origin: 'https://evil.test' }],
    ['an opaque origin', { origin: 'null' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sister domain', { 'sec-fetch-site': 'same-site' }],
  ]
  for (const [name, headers] of foreign)
    it(`of ${name} are refused and go nowhere`, async () => {
      const { conduit, bff, cookie } = await setup()
      const before = conduit.calls.length
      const answer = await send(bff, '/api/posts', { ...create, cookie, headers })
      expect([answer.status, conduit.calls.length]).toEqual([403, before])
    })

  it('that a form could send are refused although they come from nowhere', async () => {
    const { bff, cookie } = await setup()
    const bare = await fetch(`${bff.url}/api/posts`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: '{"title":"x"}',
    })
    const form = await send(bff, '/api/posts', {
      ...create,
      cookie,
      headers: { 'content-type': 'text/plain' },
    })
    expect([bare.status, form.status]).toEqual([403, 415])
  })

  it('get no permission by CORS', async () => {
    const { bff } = await setup()
    const answer = await fetch(`${bff.url}/api/posts`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.test', 'access-control-request-method': 'POST' },
    })
    expect(answer.headers.get('access-control-allow-origin')).toEqual(null)
  })
})

describe('calls of the backend', () => {
  it('carry the token, no-cache and nothing of the browser', async () => {
    const { conduit, bff, cookie } = await setup()
    await send(bff, '/api/posts?page=3&q=a%2Bb&limit=1000', {
      cookie: `${cookie}; accessToken=x`,
      headers: { authorization: 'Bearer y', masterkey: 'z', 'x-forwarded-for': '1.2.3.4' },
    })
    const call = conduit.calls.at(-1)
    expect(call?.path).toEqual(
      '/database/function/SearchPosts?skip=40&limit=20&sort=-createdAt&term=a%2Bb',
    )
    expect(Object.keys(call?.headers ?? {}).sort()).toEqual([
      'accept',
      'authorization',
      'cache-control',
      'connection',
      'host',
    ])
    expect(call?.headers['cache-control']).toEqual('no-cache')
  })

  it('put the scope into the query, the same on the replay', async () => {
    const { conduit, bff, cookie } = await setup()
    conduit.expire()
    await send(bff, '/api/posts', { ...create, cookie })
    const posts = conduit.calls.filter((call) => call.path.startsWith('/database/Post'))
    expect(posts.map(({ path, body }) => [path, body])).toEqual([
      ['/database/Post?scope=User%3Auser-1', '{"title":"one"}'],
      ['/database/Post?scope=User%3Auser-1', '{"title":"one"}'],
    ])
  })

  it('carry a body that came in chunks, and refuse one that is too long', async () => {
    const { conduit, bff, cookie } = await setup()
    const chunked = await fetch(`${bff.url}/api/posts`, {
      method: 'POST',
      headers: { cookie, origin: ORIGIN, 'content-type': 'application/json' },
      body: new Blob(['{"title":', '"in parts"}']).stream(),
      duplex: 'half',
    })
    expect([chunked.status, conduit.calls.at(-1)?.body]).toEqual([201, '{"title":"in parts"}'])
    const long = await send(bff, '/api/posts', {
      method: 'POST',
      json: { title: 'x'.repeat(2_000_000) },
      cookie,
    })
    expect(long.status).toEqual(413)
  })

  it('are not made for methods that a route does not have', async () => {
    const { conduit, bff, cookie } = await setup()
    const before = conduit.calls.length
    for (const method of ['PUT', 'PATCH', 'DELETE'])
      expect((await send(bff, '/api/posts', { method, cookie })).status).toEqual(404)
    expect(conduit.calls.length).toEqual(before)
  })

  it('that are redirected end here', async () => {
    const { conduit, bff, cookie } = await setup()
    conduit.script = (call, response) => {
      if (!call.path.startsWith('/database/')) return false
      response.writeHead(302, { location: `${conduit.url}/sink` }).end()
      return true
    }
    expect((await send(bff, '/api/posts', { cookie })).status).toEqual(502)
    expect(conduit.calls.some((call) => call.path === '/sink')).toEqual(false)
  })
})

it('answers a vault that cannot be reached with 503, quickly', async () => {
  const conduit = await testConduit()
  const bff = await testBff(conduit, { redisUrl: 'redis://127.0.0.1:1' })
  const answer = await send(bff, '/api/posts', {
    cookie: `__Host-bff_session=${'A'.repeat(43)}`,
    headers: { origin: ORIGIN },
  })
  expect([answer.status, await answer.json()]).toEqual([503, { error: 'vault_unavailable' }])
})
