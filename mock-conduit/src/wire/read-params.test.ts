import { expect, test } from 'vitest'
import { decodeUrlParams, readCookies, readQuery } from './read-params.ts'

test('a value with a comma becomes a list, whatever its type', () => {
  expect(readQuery('term=a,b&sort=-x')).toEqual({ term: ['a', 'b'], sort: '-x' })
})

test('brackets are cut from keys and repeated keys give a list', () => {
  expect(readQuery('sort[]=a&id=1&id=2')).toEqual({ sort: 'a', id: ['1', '2'] })
})

test('a list with a comma for a value breaks the reader, as it does Conduit’s', () => {
  expect(() => readQuery('x=,&x=1')).toThrow('req.query[k].split is not a function')
  expect(readQuery('x=a,b&x=1')).toEqual({ x: ['a,b', '1'] })
})

test('populate is always a list', () => {
  expect(readQuery('populate=author')).toEqual({ populate: ['author'] })
})

test('a prototype key is no parameter', () => {
  expect(Object.keys(readQuery('__proto__=x&a=1'))).toEqual(['a'])
})

test('a bad escape in a path parameter is refused with its text', () => {
  expect(() => decodeUrlParams({ id: '%zz' })).toThrow("Failed to decode param '%zz'")
  expect(decodeUrlParams({ id: 'a%20b' })).toEqual({ id: 'a b' })
})

test('the first cookie of a name wins and values are decoded', () => {
  expect(readCookies('a=1; b="x%2Fy"; a=2; c=%zz')).toEqual({ a: '1', b: 'x/y', c: '%zz' })
})

test.each([
  ['j:{"a":1}', { a: 1 }],
  ['j:%5B%22x%22%5D', ['x']],
  ['"j:1"', 1],
  ['j:"x"', 'x'],
  ['j:null', 'j:null'],
  ['j:0', 'j:0'],
  ['j:{', 'j:{'],
  ['J:{}', 'J:{}'],
])('a cookie %s is read as cookie-parser reads it', (sent, value) => {
  expect(readCookies(`a=${sent}`)).toEqual({ a: value })
})
