import { expect, test } from 'vitest'
import type { RecordedResponse, Recording } from './recording.ts'
import { replay } from './replay.ts'
import { foreignServer } from './server-under-test.ts'
import { scriptedServers } from './test-scripted-server.ts'

const serve = scriptedServers()

interface Script {
  status?: number
  headers?: Record<string, string>
  body: (nth: number) => string
}

/** A server that answers every request by a script. */
function scripted({ status = 200, headers = {}, body }: Script): Promise<string> {
  let nth = 0
  return serve((_request, response) => {
    nth += 1
    const text = body(nth)
    response.writeHead(status, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
      ...headers,
    })
    response.end(text)
  })
}

const recorded: RecordedResponse = {
  status: 200,
  reason: 'OK',
  headers: { 'content-type': 'application/json', 'Content-Length': '13' },
  body: { kind: 'json', value: { a: 1, b: 'x' } },
}
const answer = '{"b":"x","a":1}'
const exact = {
  ...recorded,
  headers: { ...recorded.headers, 'Content-Length': String(answer.length) },
}

function recording(response: RecordedResponse): Recording {
  return {
    id: 'small',
    title: 'Small',
    area: 'test',
    config: {},
    steps: [{ name: 'get', request: { method: 'GET', path: '/a' }, response }],
    development: false,
    source: '',
  }
}

async function differences(scenario: Recording, script: Script): Promise<string[]> {
  const results = await replay(scenario, foreignServer(await scripted(script), ''), 'r123456789')
  return results.flatMap(({ details }) => details)
}

test('an answer that equals the recording but for the order of keys and the case of header names is equal', async () => {
  expect(await differences(recording(exact), { body: () => answer })).toEqual([])
})

test('another status is a difference', async () => {
  expect(
    await differences(recording({ ...exact, status: 404, reason: 'Not Found' }), {
      body: () => answer,
    }),
  ).toEqual(['status: expected 404, got 200'])
})

test('another header value, a missing header and an extra one are differences', async () => {
  const changed = {
    ...exact,
    headers: { ...exact.headers, 'content-type': 'text/html', ETag: 'W/"<etag>"' },
  }
  expect(
    await differences(recording(changed), { body: () => answer, headers: { 'X-More': '1' } }),
  ).toEqual([
    'header content-type: expected text/html, got application/json',
    'header etag: expected W/"<etag>", got none',
    'header x-more: expected none, got 1',
  ])
})

test('another body value, a missing key and an extra one are differences', async () => {
  const changed: RecordedResponse = { ...exact, body: { kind: 'json', value: { a: 2, c: null } } }
  expect(await differences(recording(changed), { body: () => answer })).toEqual([
    '$.a: expected 2, got 1',
    '$.c: expected null, got absent',
    '$.b: expected absent, got x',
  ])
})

test('another length of a body that holds nothing normalised is a difference', async () => {
  expect(await differences(recording(recorded), { body: () => answer })).toEqual([
    'header content-length: expected 13, got 15',
  ])
})

function twoTokens(second: string): Recording {
  const response = (value: string): RecordedResponse => ({
    ...recorded,
    headers: { 'Content-Type': 'application/json', 'Content-Length': '9' },
    body: { kind: 'json', value: { token: value } },
  })
  const request = { method: 'POST', path: '/renew', json: {} }
  const steps = [
    { name: 'first', request, response: response('{{t1}}'), capture: { t1: '$.token' } },
    { name: 'second', request, response: response(second), capture: { t2: '$.token' } },
  ]
  return { ...recording(recorded), steps }
}

test('tokens that were the same must be the same, and different ones different', async () => {
  const same = { body: () => '{"token":"token-one"}' }
  const other = { body: (nth: number) => `{"token":"token-${nth}"}` }
  expect(await differences(twoTokens('{{t1}}'), same)).toEqual([])
  expect(await differences(twoTokens('{{t2}}'), other)).toEqual([])
  expect(await differences(twoTokens('{{t1}}'), other)).toEqual([
    '$.token: expected {{t1}}, got {{t2}}',
  ])
  expect(await differences(twoTokens('{{t2}}'), same)).toEqual([
    '$.token: expected {{t2}}, got {{t1}}',
  ])
})

test('ids, dates and tokens of any value are equal, literals of the scenario are not', async () => {
  const body = () => '{"id":"0b2f6c1e-8a55-4c8e-9d2f-1a2b3c4d5e6f","at":"2026-01-02T03:04:05.678Z"}'
  const response: RecordedResponse = {
    ...recorded,
    headers: { 'Content-Type': 'application/json', 'Content-Length': '1' },
    body: { kind: 'json', value: { id: '<id>', at: '<date>' } },
  }
  expect(await differences(recording(response), { body })).toEqual([])
  const literal = { ...recording(response), source: '0b2f6c1e-8a55-4c8e-9d2f-1a2b3c4d5e6f' }
  expect(await differences(literal, { body })).toEqual([
    '$.id: expected <id>, got 0b2f6c1e-8a55-4c8e-9d2f-1a2b3c4d5e6f',
  ])
})

test('a scenario that needs a config or a hook does not apply to a foreign server', async () => {
  const server = foreignServer(await scripted({ body: () => answer }), '')
  const results = await replay(
    { ...recording(exact), config: { router: { a: 1 } } },
    server,
    'r123456789',
  )
  expect(results.map(({ outcome, details }) => [outcome, details])).toEqual([
    ['not applicable', ['needs a config of its own']],
  ])
})
