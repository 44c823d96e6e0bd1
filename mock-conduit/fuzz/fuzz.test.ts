import { expect, test } from 'vitest'
import { fuzz } from './campaign.ts'
import { verdict } from './judge.ts'
import type { FuzzRequest } from './request.ts'

const asked: FuzzRequest = {
  method: 'GET',
  path: '/database/Post',
  query: '',
  headers: [],
  body: undefined,
  side: 'api',
}
const sortStumble = "Cannot read properties of undefined (reading 'type')"
const json = 'application/json; charset=utf-8'

test('generated requests, in process and over sockets, get answers of the backend only', async () => {
  const result = await fuzz({ requests: 1_000, seed: 20260101, now: () => performance.now() })
  expect(result.failure).toBe(undefined)
  expect(result.requests).toBeGreaterThanOrEqual(1_000)
  expect(result.onSocket).toBeGreaterThan(0)
})

test('the judge refuses an unknown status, broken JSON, an error without a message and a stumble', () => {
  const judge = (status: number, type: string, body: string) =>
    verdict(asked, { status, type, body })
  expect(judge(418, json, '{}')).toBe('status 418: {}')
  expect(judge(200, json, '{')).toBe('JSON that is none: {')
  expect(judge(404, json, '{"status":404}')).toBe('an error without a message: {"status":404}')
  expect(judge(404, json, '{"status":400,"message":"x"}')).toBe(
    'an error that says 400 with status 404',
  )
  expect(judge(500, json, '{"message":"a.b is not a function"}')).toBe(
    'the mock stumbled: a.b is not a function',
  )
  expect(judge(500, json, `{"message":"${sortStumble}"}`)).toBe(`the mock stumbled: ${sortStumble}`)
  expect(judge(500, 'text/plain', 'x')).toBe('status 500 in no dialect (text/plain): x')
})

test("the judge admits the recorded backend's stumble over a sort, and only there", () => {
  const answer = { status: 500, type: json, body: `{"message":"${sortStumble}"}` }
  expect(verdict({ ...asked, query: '?sort=nowhere.name' }, answer)).toBe(undefined)
})

test('the judge admits the four dialects and a success', () => {
  const admitted: [number, string, string][] = [
    [404, json, '{"name":"NOT_FOUND","status":404,"message":"Document does not exist"}'],
    [404, 'text/html; charset=utf-8', '<!DOCTYPE html>\n<pre>Cannot GET /x</pre>'],
    [429, 'text/html; charset=utf-8', 'Too Many Requests'],
    [400, json, '{"errors":[{"message":"blocked"}]}'],
    [200, json, '{"result":"Ok"}'],
  ]
  for (const [status, type, body] of admitted)
    expect(verdict(asked, { status, type, body })).toBe(undefined)
})
