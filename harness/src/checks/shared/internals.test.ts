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

it('takes no offence at ordinary error answers', () => {
  for (const text of [
    '{"error":"Unauthorized"}',
    '{"message":"Authorization required"}',
    '{"name":"NOT_FOUND","status":404,"message":"Document does not exist"}',
    'Bad Gateway at 12:30:45',
    '{"path":"/api/posts"}',
  ])
    expect(kinds(text)).toEqual([])
})

it('shows no token that it found', () => {
  expect(internalsIn('Bearer eyJhbGciOi.payload.signature', [])).toEqual([
    'an Authorization value: Bearer eyJh…',
  ])
})
