import { expect, it } from 'vitest'
import { createCookieJar, parseSetCookie } from './cookie-jar.ts'

it('sends what was set, longest path first, and forgets what expired', () => {
  let now = 1000
  const jar = createCookieJar(() => now)
  jar.absorb(['a=1; Path=/', 'b=2; Path=/api; Max-Age=5', 'c=3; Path=/other'], '/api/login')
  expect(jar.header('/api/list?x=1')).toEqual('b=2; a=1')
  now += 5001
  expect(jar.header('/api/list')).toEqual('a=1')
  jar.absorb(['a=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT'], '/')
  expect(jar.header('/')).toEqual(undefined)
})

it('keeps a copy apart from its original', () => {
  const jar = createCookieJar()
  jar.absorb(['a=1; Path=/'], '/')
  const copy = jar.clone()
  jar.absorb(['a=2; Path=/'], '/')
  expect([copy.header('/'), jar.header('/')]).toEqual(['a=1', 'a=2'])
})

it('refuses what browsers refuse: oversize, broken __Host- rules, SameSite=None without Secure', () => {
  const refused = [
    'big='.padEnd(4098, 'x'),
    '__Host-a=1; Path=/',
    '__Host-a=1; Secure; Path=/x',
    's=1; SameSite=None',
    'novalue',
  ]
  expect(refused.map((header) => parseSetCookie(header, '/', 0))).toEqual(
    refused.map(() => undefined),
  )
  expect(parseSetCookie('__Host-a=1; Secure; Path=/; HttpOnly', '/', 0)?.httpOnly).toEqual(true)
})

it('takes the folder of the request as the default path', () => {
  expect(parseSetCookie('a=1', '/api/auth/login?x', 0)?.path).toEqual('/api/auth')
})
