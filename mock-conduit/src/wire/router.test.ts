import { expect, test } from 'vitest'
import { createRouter } from './router.ts'

const router = createRouter([
  { method: 'GET', path: '/database/Post', handler: () => 'list' },
  { method: 'PUT', path: '/database/Post/many', handler: () => 'many' },
  { method: 'PUT', path: '/database/Post/:id', handler: () => 'one' },
  { method: 'GET', path: '/database/Post/:id', handler: () => 'get' },
])
const operation = (method: string, path: string) => router.match(method, path)?.operation

test('letter case and one trailing slash do not matter', () => {
  expect(operation('GET', '/DATABASE/post/')).toBe('GET /database/Post')
})

test('doubled slashes, dots and escapes are not resolved', () => {
  expect(
    ['//database/Post', '/database/./Post', '/%64atabase/Post', '/database/Post//'].map((path) =>
      operation('GET', path),
    ),
  ).toEqual([undefined, undefined, undefined, undefined])
})

test('the first route that fits wins', () => {
  expect(operation('PUT', '/database/Post/many')).toBe('PUT /database/Post/many')
  expect(router.match('PUT', '/database/Post/a%2Fb')?.rawParams).toEqual({ id: 'a%2Fb' })
})

test('HEAD is answered by GET, another method by nobody', () => {
  expect(operation('HEAD', '/database/Post')).toBe('GET /database/Post')
  expect(operation('DELETE', '/database/Post')).toBe(undefined)
})

test('all methods of a path are known', () => {
  expect(router.methodsOf('/database/Post/x')).toEqual(['PUT', 'GET'])
})

test('a path without parameters yields to a route before it that has some', () => {
  const early = createRouter([
    { method: 'GET', path: '/teams/:id', handler: () => 'one' },
    { method: 'GET', path: '/teams/mine', handler: () => 'mine' },
  ])
  expect(early.match('GET', '/teams/mine')?.operation).toBe('GET /teams/:id')
})

test('a parameter that cannot be decoded is refused whatever the method, elsewhere a broken escape is text', () => {
  const refused = new URIError("Failed to decode param '%E0%A4%A'")
  expect(() => {
    router.requireDecodable('/database/Post/%E0%A4%A')
  }).toThrow(refused)
  expect(() => {
    router.requireDecodable('/%E0%A4%A')
  }).not.toThrow()
})
