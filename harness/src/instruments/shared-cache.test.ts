import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { headerOf, openExchange, textOf, type HeaderList } from './http-exchange.ts'
import { CACHE_STATUS, openSharedCache } from './shared-cache.ts'

async function cacheOver(listener: RequestListener) {
  const origin = createServer(listener)
  await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve))
  const { port } = origin.address() as AddressInfo
  const cache = await openSharedCache(`http://127.0.0.1:${port}`, 5000)
  onTestFinished(async () => {
    await cache.stop()
    origin.closeAllConnections()
    origin.close()
  })
  const get = async (cookie: string, method = 'GET', more: HeaderList = []) => {
    const headers: HeaderList = [['Host', 'app.test'], ['Cookie', cookie], ...more]
    const got = await openExchange(cache.url, { method, path: '/x', headers }, 5000).done
    return `${got.status} ${textOf(got)} ${headerOf(got.headers, CACHE_STATUS) ?? ''}`
  }
  return { cache, get }
}

const saying =
  (headers: Record<string, string>): RequestListener =>
  (request, response) => {
    response.writeHead(200, headers).end(request.headers.cookie)
  }

it('gives one user what was stored for another, Set-Cookie or not', async () => {
  const { cache, get } = await cacheOver(
    saying({ 'cache-control': 's-maxage=60', 'set-cookie': 'a=1' }),
  )
  expect([await get('u1'), await get('u2'), cache.kept()]).toEqual([
    '200 u1 passed',
    '200 u1 stored',
    1,
  ])
})

it('keeps nothing that is private, not to be stored, or told apart by Vary', async () => {
  for (const headers of [
    { 'cache-control': 'private, max-age=60' },
    { 'cache-control': 'no-store' },
    { 'cache-control': 'public, max-age=60', vary: 'Cookie' },
  ]) {
    const { get } = await cacheOver(saying(headers))
    expect([await get('u1'), await get('u2')]).toEqual(['200 u1 passed', '200 u2 passed'])
  }
})

it('asks again with the cookies of the caller, and believes a 304', async () => {
  const { get } = await cacheOver((request, response) => {
    const same = request.headers['if-none-match'] === '"e"' && request.headers.cookie === 'u2'
    response.writeHead(same ? 304 : 200, { 'cache-control': 'no-cache', etag: '"e"' })
    response.end(same ? undefined : request.headers.cookie)
  })
  expect([await get('u1'), await get('u2'), await get('u3')]).toEqual([
    '200 u1 passed',
    '200 u1 confirmed',
    '200 u3 passed',
  ])
})

it('forgets what an unsafe request may have changed', async () => {
  const { get } = await cacheOver(saying({ 'cache-control': 'public, max-age=60' }))
  expect([await get('u1'), await get('u2', 'POST'), await get('u3')]).toEqual([
    '200 u1 passed',
    '200 u2 passed',
    '200 u3 passed',
  ])
})
