import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { door, send, signedIn, testBff, testConduit } from './test-client.ts'
import type { SeenCall, Script, TestConduit } from './test-conduit.ts'

const PATH = '/api/files/f-1/preview'
const bytesCalls = ({ calls }: TestConduit): SeenCall[] =>
  calls.filter((call) => call.path.startsWith('/bytes/'))

/** Answers requests for bytes. */
const storage =
  (answer: (...of: Parameters<Script>) => void | Promise<void>): Script =>
  async (call, response) => {
    if (!call.path.startsWith('/bytes/')) return false
    await answer(call, response)
    return true
  }

async function setup(script: Script) {
  const conduit = await testConduit()
  conduit.script = script
  const bff = await testBff(conduit)
  return { conduit, bff, cookie: await signedIn(bff) }
}

it('sends the storage host nothing but the presigned URL', async () => {
  const { conduit, bff, cookie } = await setup(
    storage((_, response) => {
      response.writeHead(200, { 'content-type': 'image/png', server: 'x' }).end('bytes')
    }),
  )
  const answer = await send(bff, PATH, { cookie, headers: { authorization: 'Bearer x' } })
  expect([answer.status, await answer.text()]).toEqual([200, 'bytes'])
  const headers = Object.keys(bytesCalls(conduit)[0]?.headers ?? {})
  expect(headers.sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host'])
  expect(answer.headers.get('server')).toEqual(null)
})

it('passes one range on and leaves several out', async () => {
  const { conduit, bff, cookie } = await setup(
    storage((call, response) => {
      if (call.headers.range === undefined) response.writeHead(200).end('0123456789')
      else
        response
          .writeHead(206, { 'content-range': 'bytes 0-3/10', 'content-length': '4' })
          .end('0123')
    }),
  )
  const one = await send(bff, PATH, { cookie, headers: { range: 'bytes=0-3' } })
  expect([one.status, one.headers.get('content-range'), await one.text()]).toEqual([
    206,
    'bytes 0-3/10',
    '0123',
  ])
  const several = await send(bff, PATH, { cookie, headers: { range: 'bytes=0-1,3-4' } })
  expect([several.status, await several.text()]).toEqual([200, '0123456789'])
  expect(bytesCalls(conduit).map((call) => call.headers.range)).toEqual(['bytes=0-3', undefined])
})

it('decodes what is stored compressed', async () => {
  const { bff, cookie } = await setup(
    storage((_, response) => {
      response
        .writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/plain' })
        .end(gzipSync('plain words'))
    }),
  )
  const answer = await send(bff, PATH, { cookie })
  expect([await answer.text(), answer.headers.get('content-encoding')]).toEqual([
    'plain words',
    null,
  ])
})

for (const type of ['text/html', 'image/svg+xml', 'application/javascript', 'application/pdf'])
  it(`does not let ${type} act in the app's origin`, async () => {
    const { bff, cookie } = await setup(
      storage((_, response) => {
        response.writeHead(200, { 'content-type': type }).end('<script>1</script>')
      }),
    )
    const { headers } = await send(bff, PATH, { cookie })
    expect([
      headers.get('content-type'),
      headers.get('content-disposition'),
      headers.get('x-content-type-options'),
      headers.get('content-security-policy'),
    ]).toEqual([
      'application/octet-stream',
      'attachment',
      'nosniff',
      "default-src 'none'; sandbox; frame-ancestors 'none'",
    ])
  })

it('delivers the first bytes before the last are sent, and breaks off when the source does', async () => {
  const rest = door()
  const { bff, cookie } = await setup(
    storage(async (_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('first')
      await rest.pass()
      response.socket?.destroy()
    }),
  )
  const answer = await send(bff, PATH, { cookie })
  const reader = answer.body?.getReader()
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toEqual('first')
  rest.open()
  await expect(reader?.read()).rejects.toThrow()
})

it('ends the download when the browser goes away', async () => {
  const { conduit, bff, cookie } = await setup(
    storage((_, response) => {
      response.writeHead(200).write('first')
    }),
  )
  const leaving = new AbortController()
  const answer = await send(bff, PATH, { cookie, signal: leaving.signal })
  await answer.body?.getReader().read()
  leaving.abort()
  await expect.poll(() => conduit.open()).toEqual(0)
})

it('ends what is under way when the browser goes away before there are headers', async () => {
  const held = door()
  const { conduit, bff, cookie } = await setup(async (call) => {
    if (call.path.startsWith('/storage/')) await held.pass()
    return false
  })
  const leaving = new AbortController()
  const answer = send(bff, PATH, { cookie, signal: leaving.signal }).catch(() => 'gone')
  await held.waiting(1)
  leaving.abort()
  expect(await answer).toEqual('gone')
  await expect.poll(() => conduit.open()).toEqual(0)
  expect(bytesCalls(conduit)).toEqual([])
})

const refusals: [name: string, script: Script, status: number][] = [
  [
    'a missing file',
    (call, response) => {
      if (!call.path.startsWith('/storage/')) return false
      response.writeHead(500).end('{"message":"File does not exist"}')
      return true
    },
    404,
  ],
  [
    'a failing backend',
    (call, response) => {
      if (!call.path.startsWith('/storage/')) return false
      response.writeHead(500).end('{"message":"secret"}')
      return true
    },
    502,
  ],
  [
    'an error of the storage host',
    storage((_, response) => {
      response.writeHead(500).end('<Error><Key>secret</Key></Error>')
    }),
    502,
  ],
  [
    'a redirect of the storage host',
    storage((_, response) => {
      response.writeHead(302, { location: 'http://sink.test/' }).end()
    }),
    502,
  ],
]
for (const [name, script, status] of refusals)
  it(`answers ${name} in its own words`, async () => {
    const { bff, cookie } = await setup(script)
    const answer = await send(bff, PATH, { cookie })
    expect([answer.status, answer.headers.get('location')]).toEqual([status, null])
    expect(await answer.text()).not.toContain('secret')
  })

it('refuses an id that is more than one segment and calls nothing', async () => {
  const { conduit, bff, cookie } = await setup(() => false)
  const before = conduit.calls.length
  for (const id of ['..%2f..%2fx', 'a%00', 'x%3Fredirect=true', 'x%23', '%2e%2e%2fuser'])
    expect((await send(bff, `/api/files/${id}/preview`, { cookie })).status).toEqual(404)
  expect(conduit.calls.length).toEqual(before)
})

it('answers HEAD like GET without a body, and does not download', async () => {
  const { conduit, bff, cookie } = await setup(
    storage((_, response) => {
      response.writeHead(200, { 'content-length': '5', 'content-type': 'image/png' }).write('b')
    }),
  )
  const answer = await send(bff, PATH, { cookie, method: 'HEAD' })
  expect([answer.status, answer.headers.get('content-length')]).toEqual([200, '5'])
  await expect.poll(() => conduit.open()).toEqual(0)
})
