import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { TokenPair, VaultEntry } from '@/lib/models/tokens'
import type { Sealer } from '@/lib/seal'

/** As long as Conduit's refresh tokens live. */
export const VAULT_TTL_SECONDS = 604_800

const pair = z.object({ accessToken: z.string(), refreshToken: z.string() })

/** KEYS[1] the entry; ARGV: generation expected, new value. Replaces the entry only if it still is of that generation; it lives no longer for it. */
const REPLACE = `
local value = redis.call('GET', KEYS[1])
if not value then return 0 end
if string.sub(value, 1, string.len(ARGV[1])) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', math.max(1, redis.call('PTTL', KEYS[1])))
return 1`

/** KEYS[1] the entry; ARGV[1] generation. Deletes the entry only if it still is of that generation. */
const DELETE = `
local value = redis.call('GET', KEYS[1])
if not value then return 0 end
if string.sub(value, 1, string.len(ARGV[1])) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`

/** KEYS[1] the lock; ARGV[1] owner. */
const UNLOCK = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`

/** KEYS[1] the lock; ARGV: owner, lease in ms. */
const EXTEND = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0`

/** Where tokens live: one entry a session, sealed, and one lock a session for its renewal. Every method rejects when Redis is away. */
export interface TokenVault {
  /** Stores the first pair of a session. */
  create(vaultKey: string, tokens: TokenPair): Promise<void>
  read(vaultKey: string): Promise<VaultEntry | undefined>
  /** Puts a renewed pair in place of `generation`; false if that is gone (logout, or somebody was faster). */
  replace(vaultKey: string, generation: number, tokens: TokenPair): Promise<boolean>
  /** Ends a session; with a generation, only if it still is the current one. */
  delete(vaultKey: string, generation?: number): Promise<void>
  /** True if `owner` now holds the session's renewal lock for `leaseMs`. */
  lock(vaultKey: string, owner: string, leaseMs: number): Promise<boolean>
  /** Prolongs a lock that `owner` still holds; false if it was lost. */
  extend(vaultKey: string, owner: string, leaseMs: number): Promise<boolean>
  /** Releases the lock, if `owner` still holds it. */
  unlock(vaultKey: string, owner: string): Promise<void>
}

export function createTokenVault(redis: Redis, sealer: Sealer): TokenVault {
  const entryKey = (vaultKey: string) => `vault:${vaultKey}`
  const lockKey = (vaultKey: string) => `vault-lock:${vaultKey}`
  const sealed = (vaultKey: string, generation: number, { accessToken, refreshToken }: TokenPair) =>
    `${generation}.${sealer.seal(JSON.stringify({ accessToken, refreshToken }), `${vaultKey}.${generation}`)}`
  return {
    async create(vaultKey, tokens) {
      await redis.set(entryKey(vaultKey), sealed(vaultKey, 1, tokens), 'EX', VAULT_TTL_SECONDS)
    },
    async read(vaultKey) {
      const value = await redis.get(entryKey(vaultKey))
      if (value === null) return undefined
      const generation = Number(value.slice(0, value.indexOf('.')))
      const text = sealer.open(value.slice(value.indexOf('.') + 1), `${vaultKey}.${generation}`)
      const tokens = text === undefined ? undefined : pair.safeParse(JSON.parse(text)).data
      return tokens && { ...tokens, generation }
    },
    async replace(vaultKey, generation, tokens) {
      const value = sealed(vaultKey, generation + 1, tokens)
      return (await redis.eval(REPLACE, 1, entryKey(vaultKey), `${generation}.`, value)) === 1
    },
    async delete(vaultKey, generation) {
      if (generation === undefined) await redis.del(entryKey(vaultKey))
      else await redis.eval(DELETE, 1, entryKey(vaultKey), `${generation}.`)
    },
    lock: async (vaultKey, owner, leaseMs) =>
      (await redis.set(lockKey(vaultKey), owner, 'PX', leaseMs, 'NX')) === 'OK',
    extend: async (vaultKey, owner, leaseMs) =>
      (await redis.eval(EXTEND, 1, lockKey(vaultKey), owner, String(leaseMs))) === 1,
    async unlock(vaultKey, owner) {
      await redis.eval(UNLOCK, 1, lockKey(vaultKey), owner)
    },
  }
}
