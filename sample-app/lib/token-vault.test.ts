import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSealer } from '@/lib/seal'
import { createTokenVault, type TokenVault, VAULT_TTL_SECONDS } from '@/lib/token-vault'
import { hasRedisServer, startEmbeddedRedis, startRedisServer, type TestRedis } from '../test-redis'

const secret = 'a secret of thirty-two characters or more'
const first = { accessToken: 'access-1', refreshToken: 'refresh-1' }
const second = { accessToken: 'access-2', refreshToken: 'refresh-2' }

/** What every Redis must do for the vault, fake and real alike. */
function vaultContract(start: () => Promise<TestRedis>): void {
  let redis: TestRedis
  let vault: TokenVault
  beforeAll(async () => {
    redis = await start()
    vault = createTokenVault(redis.connect(), createSealer(secret))
  })
  afterAll(() => redis.stop())

  test('gives back what it stored, as generation 1, to any instance', async () => {
    await vault.create('a', first)
    const other = createTokenVault(redis.connect(), createSealer(secret))
    expect(await other.read('a')).toEqual({ ...first, generation: 1 })
    expect(await vault.read('nobody')).toBeUndefined()
  })

  test('keeps an entry as long as a refresh token lives, sealed', async () => {
    await vault.create('sealed', first)
    const raw = redis.connect()
    expect(await raw.ttl('vault:sealed')).toBe(VAULT_TTL_SECONDS)
    const value = await raw.get('vault:sealed')
    expect(
      [first.accessToken, first.refreshToken].filter((token) => value?.includes(token)),
    ).toEqual([])
  })

  test('a renewed entry lives no longer than it would have', async () => {
    await vault.create('renewed', first)
    const raw = redis.connect()
    await raw.expire('vault:renewed', 100)
    expect(await vault.replace('renewed', 1, first)).toBe(true)
    const left = await raw.ttl('vault:renewed')
    expect([left > 0, left <= 100]).toEqual([true, true])
  })

  test('another secret, another key or a changed value read as no session', async () => {
    await vault.create('bound', first)
    const raw = redis.connect()
    const value = (await raw.get('vault:bound')) ?? ''
    await raw.set('vault:moved', value)
    await raw.set('vault:changed', `${value.slice(0, -6)}AAAAAA`)
    expect(
      await createTokenVault(raw, createSealer('another secret of thirty-two characters')).read(
        'bound',
      ),
    ).toBeUndefined()
    expect(await vault.read('moved')).toBeUndefined()
    expect(await vault.read('changed')).toBeUndefined()
  })

  test('replaces only the generation it was told', async () => {
    await vault.create('r', first)
    expect(await vault.replace('r', 1, second)).toBe(true)
    expect(await vault.replace('r', 1, first)).toBe(false)
    expect(await vault.read('r')).toEqual({ ...second, generation: 2 })
  })

  test('does not bring a deleted session back', async () => {
    await vault.create('gone', first)
    await vault.delete('gone')
    expect(await vault.replace('gone', 1, second)).toBe(false)
    expect(await vault.read('gone')).toBeUndefined()
  })

  test('deletes a generation only while it is current', async () => {
    await vault.create('d', first)
    await vault.replace('d', 1, second)
    await vault.delete('d', 1)
    expect(await vault.read('d')).toEqual({ ...second, generation: 2 })
    await vault.delete('d', 2)
    expect(await vault.read('d')).toBeUndefined()
  })

  test('a lock has one owner, who alone prolongs and releases it', async () => {
    expect(await vault.lock('l', 'me', 60_000)).toBe(true)
    expect(await vault.lock('l', 'you', 60_000)).toBe(false)
    expect(await vault.extend('l', 'you', 60_000)).toBe(false)
    await vault.unlock('l', 'you')
    expect(await vault.lock('l', 'you', 60_000)).toBe(false)
    expect(await vault.extend('l', 'me', 60_000)).toBe(true)
    await vault.unlock('l', 'me')
    expect(await vault.lock('l', 'you', 60_000)).toBe(true)
  })

  test('a lock is of one session and ends with its lease', async () => {
    expect(await vault.lock('m', 'me', 60_000)).toBe(true)
    expect(await vault.lock('n', 'you', 60_000)).toBe(true)
    const ttl = await redis.connect().pttl('vault-lock:m')
    expect([ttl > 0, ttl <= 60_000]).toEqual([true, true])
  })
}

describe('vault on the embedded Redis', () => {
  vaultContract(startEmbeddedRedis)
})

describe.skipIf(!hasRedisServer)(
  'vault on redis-server [needs redis-server: apt-get install -y redis-server]',
  () => {
    vaultContract(startRedisServer)
  },
)
