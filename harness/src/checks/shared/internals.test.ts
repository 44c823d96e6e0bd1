import { expect, it } from 'vitest'
import { internalsIn } from './internals.ts'

const kinds = (text: string) =>
  internalsIn(text, ['127.0.0.1:3999']).map((each) => each.split(':')[0])

it('sees stacks, paths, request dumps and hosts', () => {
  expect(kinds('Error: x\n    at get (/srv/app/lib/x.js:1:2)')).toEqual([
    'a stack trace',
    'a file path',
  ])
  expect(kinds('Error\n    at async file:///x/y.ts:10:3')).toEqual(['a stack trace'])
  expect(kinds('{"config":{"headers":{"Authorization":"Bearer abcdefgh12"}}}')).toEqual([
    'an Authorization value',
    'a header dump',
    "the HTTP client's request",
  ])
  expect(kinds('Traceback (most recent call last):')).toEqual(['a stack trace'])
  expect(kinds('connect ECONNREFUSED 127.0.0.1:3999')).toEqual(['the upstream host 127.0.0.1'])
  expect(kinds('cannot load /usr/src/app/server.js')).toEqual(['a file path'])
})

it('sees what HTTP clients of other languages say of a failure', () => {
  const refused =
    "HTTPConnectionPool(host='127.0.0.1', port=3999): Max retries exceeded with url: /database/Post"
  expect(kinds(refused)).toEqual(['the upstream host 127.0.0.1'])
  expect(kinds('Get "http://127.0.0.1:3999/database/Post": EOF')).toEqual([
    'the upstream host 127.0.0.1',
  ])
  for (const text of [
    'java.net.http.HttpConnectTimeoutException: HTTP connect timed out',
    "('Connection aborted.', ConnectionResetError(104, 'Connection reset by peer'))",
    '<urllib3.connection.HTTPConnection object at 0x7f1c2a3b>: Failed to establish',
  ])
    expect(kinds(text)).toEqual(["an exception's class"])
})

it('takes no offence at ordinary error answers', () => {
  for (const text of [
    '{"error":"Unauthorized"}',
    '{"message":"Authorization required"}',
    '{"name":"NOT_FOUND","status":404,"message":"Document does not exist"}',
    'Bad Gateway at 12:30:45',
    '{"path":"/api/posts"}',
    '{"error":"ValidationError","name":"com.example.titles"}',
    'your address 127.0.0.1 asked 39990 times',
  ])
    expect(kinds(text)).toEqual([])
})

it('shows no token that it found', () => {
  expect(internalsIn('Bearer eyJhbGciOi.payload.signature', [])).toEqual([
    'an Authorization value: Bearer eyJh…',
  ])
})
