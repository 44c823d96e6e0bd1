import { createHmac } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import type { RecordedStep } from './recording.ts'
import { replay } from './replay.ts'
import { controlledServer, foreignServer, type ServerUnderTest } from './server-under-test.ts'
import { recordedJson, recordingOf, scriptedServers, sendJson } from './test-scripted-server.ts'

const serve = scriptedServers()
const echo = () =>
  serve((request, response) => {
    sendJson(response, { path: request.url ?? '' })
  })
const get = (path: string, expected = path): RecordedStep => ({
  name: `get ${path}`,
  request: { method: 'GET', path },
  response: recordedJson({ path: expected }),
})

async function outcomes(steps: RecordedStep[], server: ServerUnderTest): Promise<unknown[]> {
  const results = await replay(recordingOf(steps), server, 'r123456789')
  return results.map(({ step, outcome, details }) => [step, outcome, details])
}

test('parallel requests are under way together, and their answers keep the order of the step', async () => {
  const waiting: [path: string, response: ServerResponse][] = []
  const url = await serve((request, response) => {
    waiting.push([request.url ?? '', response])
    if (waiting.length < 3) return
    for (const [path, held] of waiting.reverse()) sendJson(held, { path })
  })
  const exchange = (path: string, expected = path) => ({
    request: { method: 'GET', path },
    response: recordedJson({ path: expected }),
  })
  const parallel = [exchange('/1'), exchange('/2'), exchange('/3', '/4')]
  expect(await outcomes([{ name: 'three', parallel }], foreignServer(url, ''))).toEqual([
    ['three', 'different', ['#3 $.path: expected /4, got /3']],
  ])
})

test('a repeated request is compared by its runs of statuses and by the first answer of each', async () => {
  const limited = () => {
    let nth = 0
    return serve((_request, response) => {
      nth += 1
      sendJson(response, { ok: nth <= 2 }, nth <= 2 ? 200 : 429)
    })
  }
  const step = (last: number): RecordedStep => ({
    name: 'many',
    request: { method: 'GET', path: '/' },
    repeat: 3,
    statusRuns: [
      [200, 2],
      [429, last],
    ],
    firstOfEach: [
      { nth: 1, response: recordedJson({ ok: true }) },
      { nth: 3, response: recordedJson({ ok: false }, [429, 'Too Many Requests']) },
    ],
  })
  expect(await outcomes([step(1)], foreignServer(await limited(), ''))).toEqual([
    ['many', 'equal', []],
  ])
  expect(await outcomes([step(2)], foreignServer(await limited(), ''))).toEqual([
    ['many', 'different', ['statuses[1][1]: expected 2, got 1']],
  ])
})

test('waits and alignments go to the clock of the server, before the request', async () => {
  const happened: unknown[] = []
  const url = await serve((_request, response) => {
    happened.push('request')
    sendJson(response, { path: '/a' })
  })
  const server: ServerUnderTest = {
    ...foreignServer(url, ''),
    wait: (ms) => Promise.resolve(void happened.push(ms)),
    alignSecond: () => Promise.resolve(void happened.push('align')),
  }
  await outcomes([{ alignSecond: true }, { ...get('/a'), waitMs: 250 }, { waitMs: 9 }], server)
  expect(happened).toEqual(['align', 250, 'request', 9])
})

test('set, mint and derive make variables, and what a derivation shows is compared', async () => {
  const seen: unknown[] = []
  const url = await serve((request, response) => {
    seen.push(request.headers.authorization)
    sendJson(response, { path: '/a' })
  })
  const steps: RecordedStep[] = [
    { name: 'set', set: { user: 'user-{{run}}' } },
    { name: 'mint', mint: { token: { secret: 'not the secret', payload: { id: '{{user}}' } } } },
    {
      name: 'claims',
      derive: { claims: { from: '{{token}}', jwtPart: 1 } },
      shown: { claims: ['id', 'sudo'] },
    },
    { ...get('/a'), request: { method: 'GET', path: '/a', auth: '{{token}}' } },
  ]
  expect(await outcomes(steps, foreignServer(url, ''))).toEqual([
    ['claims', 'different', ['claims.length: expected 2, got 1']],
    ['get /a', 'equal', []],
  ])
  const unsigned = [{ alg: 'HS256', typ: 'JWT' }, { id: 'user-r123456789' }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signature = createHmac('sha256', 'not the secret').update(unsigned).digest('base64url')
  expect(seen).toEqual([`Bearer ${unsigned}.${signature}`])
})

test('what is not understood does not apply, with all that follows in the scenario', async () => {
  const server = foreignServer(await echo(), '')
  const after = (reason: string) => [
    ['get /a', 'equal', []],
    ['get /b', 'not applicable', [reason]],
  ]
  const around = (step: object) => outcomes([get('/a'), step, get('/b')], server)
  expect(await around({ mint: { secret: 's', payload: {}, into: 'token' } })).toEqual(
    after('a mint of unknown form: expected {variable: {secret, payload, header?}}'),
  )
  expect(await around({ set: { a: '{{nobody}}' } })).toEqual(
    after('{{nobody}} is used, and nothing has set it'),
  )
  expect(await around({ derive: { a: { from: 'x', lower: true } } })).toEqual(
    after('a derivation with lower, which is not known'),
  )
  expect(await around({ sleepUntil: 5 })).toEqual(
    after('a step with sleepUntil, which is not known'),
  )
  expect(await around({ hook: 'blockUser', args: { userId: 'x' } })).toEqual(
    after('hook "blockUser" needs a control API'),
  )
})

test('a step that fails is different, and the next one is played', async () => {
  const steps: RecordedStep[] = [
    { name: 'claims', derive: { claims: { from: 'no-token', jwtPart: 1 } }, shown: { claims: [] } },
    get('/b'),
  ]
  expect(await outcomes(steps, foreignServer(await echo(), ''))).toEqual([
    ['claims', 'different', ['Unexpected end of JSON input']],
    ['get /b', 'equal', []],
  ])
})

test('a server that refuses the config of a scenario makes all its steps different', async () => {
  const server: ServerUnderTest = {
    ...foreignServer(await echo(), ''),
    prepare: () => Promise.reject(new Error('no such module')),
  }
  expect(await outcomes([get('/a'), { waitMs: 1 }, get('/b')], server)).toEqual([
    ['get /a', 'different', ['no such module']],
    ['get /b', 'different', ['no such module']],
  ])
})

test('a connection that fails equals status 0, and nothing else', async () => {
  const url = await serve((request) => {
    request.socket.destroy()
  })
  const failed = { status: 0, reason: 'reset', headers: {}, body: { kind: 'empty' as const } }
  const server = foreignServer(url, '')
  expect(await outcomes([{ ...get('/a'), response: failed }], server)).toEqual([
    ['get /a', 'equal', []],
  ])
  expect(
    await outcomes([{ ...get('/a'), response: failed }], foreignServer(await echo(), '')),
  ).toEqual([['get /a', 'different', ['status: expected a failed connection, got 200']]])
})

test.each([
  ['relation', { subject: 'User:1' }, 'hook "relation" with subject is not known'],
  ['clear', { schemas: 'Post' }, 'hook "clear" with schemas is not known'],
  ['admin', {}, 'hook "admin" with no arguments is not known'],
])('a hook %s with %j is not understood', async (name, args, reason) => {
  const server = controlledServer('http://127.0.0.1:1', { storageBase: '', variables: {} })
  expect(await server.hook(name, args)).toBe(reason)
})
