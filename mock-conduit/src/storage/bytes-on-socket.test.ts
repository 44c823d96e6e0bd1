import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningMock, startMockConduit } from '../index.ts'
import { randomBlob } from './blob.ts'
import { textAt } from './test-storage.ts'

const BIG = { bytes: 256 * 1024 * 1024, seed: 5 }
const MEDIUM = { bytes: 3 * 1024 * 1024 + 17, seed: 6 }

let mock: RunningMock
let token: string
beforeAll(async () => {
  mock = await startMockConduit({ options: { rateLimits: 'off' } })
  await mock.control.seed({ files: [{ name: 'big.bin', random: BIG }] })
  await mock.control.seed({ files: [{ name: 'medium.bin', random: MEDIUM }] })
  const login = { email: 'alice@example.com', password: 'alice-password-1' }
  const answer = await request(mock.url).post('/authentication/local').send(login)
  token = textAt(answer, 'accessToken')
})
afterAll(() => mock.stop())

async function urlOf(name: string): Promise<URL> {
  const file = (await mock.control.files()).find((each) => each['name'] === name)
  const answer = await request(mock.url)
    .get(`/storage/getFileUrl/${String(file?.['_id'])}`)
    .set('Authorization', `Bearer ${token}`)
  return new URL(textAt(answer, 'result'))
}

async function refusal(url: string) {
  const answer = await fetch(url)
  return { status: answer.status, headers: answer.headers, body: await answer.text() }
}

async function answerTo(url: URL): Promise<IncomingMessage> {
  const [answer] = (await once(get(url), 'response')) as [IncomingMessage]
  return answer
}

describe('the local dialect', () => {
  test('sends a large file chunked and whole', async () => {
    const answer = await answerTo(await urlOf('medium.bin'))
    expect(answer.headers['transfer-encoding']).toBe('chunked')
    expect(answer.headers['content-length']).toBe(undefined)
    const [got, wanted] = [createHash('sha256'), createHash('sha256')]
    for await (const chunk of answer) got.update(chunk as Buffer)
    for await (const chunk of randomBlob(MEDIUM).chunks()) wanted.update(chunk)
    expect(got.digest('hex')).toBe(wanted.digest('hex'))
  })

  test('stops making bytes when the client goes', async () => {
    const url = await urlOf('big.bin')
    const { lastSeq } = await mock.control.journal()
    const answer = await answerTo(url)
    await once(answer, 'readable')
    answer.destroy()
    await mock.control.quiet(5_000)
    const { entries } = await mock.control.journal({ side: 'storage', since: lastSeq })
    expect(entries.map(({ close, status }) => [close, status])).toEqual([['client-aborted', 200]])
    expect(entries[0]?.bytesWritten).toBeLessThan(64 * 1024 * 1024)
  })

  test('refuses with text that has neither type nor length', async () => {
    const { host, pathname } = await urlOf('medium.bin')
    const { status, headers, body } = await refusal(`http://${host}${pathname}`)
    expect([status, body, headers.get('content-type'), headers.get('content-length')]).toEqual([
      403,
      'Signature required',
      null,
      null,
    ])
  })

  test('resolves a raw path that climbs', async () => {
    const { port, hostname } = new URL(mock.storageUrl)
    const socket = connect(Number(port), hostname)
    socket.end('GET /conduit/../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    const chunks: Buffer[] = []
    for await (const chunk of socket) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1.1 403 [^]*Signature required/)
  })
})

describe('the S3 dialect', () => {
  test('sends length and ranges, and HEAD has no body', async () => {
    await using world = await s3World()
    const { url, path } = world
    const head = await request(url).head(path)
    expect([head.status, head.headers['content-length']]).toEqual([200, String(MEDIUM.bytes)])
    const part = await request(url).get(path).set('Range', 'bytes=1-5')
    expect([part.status, part.headers['content-range']]).toEqual([206, `bytes 1-5/${MEDIUM.bytes}`])
  })

  test('takes bytes by PUT', async () => {
    await using world = await s3World()
    const made = await request(mock.url)
      .post(`/~${world.name}/storage/upload`)
      .set('Authorization', `Bearer ${token}`)
      .send({ name: 'put.txt' })
    const { origin, pathname, search } = new URL(textAt(made, 'url'))
    const put = await request(origin)
      .put(pathname + search)
      .set('Content-Type', 'text/plain')
      .send('hello')
    expect([put.status, put.headers['etag']]).toEqual([200, '"5d41402abc4b2a76b9719d911017c592"'])
  })
})

/** A fork of the mock's world in the S3 dialect, and the place of a file there. */
async function s3World() {
  const name = 's3'
  await mock.control.createWorld({ name, from: 'default', options: { storage: { dialect: 's3' } } })
  const file = (await mock.control.files()).find((each) => each['name'] === 'medium.bin')
  const answer = await request(mock.url)
    .get(`/~${name}/storage/getFileUrl/${String(file?.['_id'])}`)
    .set('Authorization', `Bearer ${token}`)
  const { origin, pathname, search } = new URL(textAt(answer, 'result'))
  return {
    name,
    url: origin,
    path: pathname + search,
    [Symbol.asyncDispose]: async () => {
      await mock.control.dropWorld(name)
    },
  }
}
