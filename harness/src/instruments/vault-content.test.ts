import { Redis } from 'ioredis'
import { expect, it, onTestFinished } from 'vitest'
import { startRedis } from './redis.ts'
import { readVault } from './vault-content.ts'

const installed = await startRedis()
await installed?.stop()

it.skipIf(installed === undefined)(
  'reads every type of Redis whole, with its life [needs redis-server: apt-get install -y redis-server]',
  async () => {
    const server = await startRedis()
    const url = server?.url ?? ''
    const redis = new Redis(url)
    onTestFinished(async () => {
      redis.disconnect()
      await server?.stop()
    })
    await redis.set('a-string', Buffer.from([0, 255, 65]), 'PX', 60_000)
    await redis.hset('b-hash', { field: 'value' })
    await redis.rpush('c-list', 'one', 'two')
    await redis.sadd('d-set', 'member')
    await redis.zadd('e-sorted', 1, 'ranked')
    await redis.xadd('f-stream', '1-1', 'name', 'entry')
    const entries = await readVault(url)
    expect(entries.map(({ key, text }) => [key, text])).toEqual([
      ['a-string', '\u0000\u00ffA'],
      ['b-hash', 'field\nvalue'],
      ['c-list', 'one\ntwo'],
      ['d-set', 'member'],
      ['e-sorted', 'ranked'],
      ['f-stream', '1-1\nname\nentry'],
    ])
    expect(entries.map(({ ttlMs }) => ttlMs === undefined)).toEqual([
      false,
      true,
      true,
      true,
      true,
      true,
    ])
  },
)
