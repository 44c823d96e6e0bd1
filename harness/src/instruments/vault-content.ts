import { Redis } from 'ioredis'

/** What stands under one key of a Redis, of whatever type. */
export interface VaultEntry {
  key: string
  /** Milliseconds until it is gone by itself; undefined when it stays. */
  ttlMs: number | undefined
  /** All of its bytes (fields, members and values one after another), one character each. */
  text: string
}

/** Reads every key of a Redis, sorted by name. */
export async function readVault(url: string): Promise<VaultEntry[]> {
  const redis = new Redis(url)
  try {
    const entries: VaultEntry[] = []
    for (const key of (await allKeys(redis)).sort()) {
      const text = await contentOf(redis, key)
      const ttl = await redis.pttl(key)
      if (text !== undefined) entries.push({ key, text, ttlMs: ttl < 0 ? undefined : ttl })
    }
    return entries
  } finally {
    redis.disconnect()
  }
}

/** Every key and how long it has to live; undefined for one that stays. */
export type KeyLives = ReadonlyMap<string, number | undefined>

/** Reads the lives of all keys, and nothing else. */
export async function readLives(url: string): Promise<KeyLives> {
  const redis = new Redis(url)
  try {
    const keys = await allKeys(redis)
    const lives = await Promise.all(keys.map((key) => redis.pttl(key)))
    return new Map(
      keys.map((key, index) => {
        const life = lives[index] ?? -1
        return [key, life < 0 ? undefined : life]
      }),
    )
  } finally {
    redis.disconnect()
  }
}

async function allKeys(redis: Redis): Promise<string[]> {
  const keys = new Set<string>()
  let cursor = '0'
  do {
    const [next, page] = await redis.scan(cursor, 'COUNT', 1000)
    for (const key of page) keys.add(key)
    cursor = next
  } while (cursor !== '0')
  return [...keys]
}

/** Undefined when the key has gone meanwhile. A type that Redis itself does not bring is read as its dump. */
async function contentOf(redis: Redis, key: string): Promise<string | undefined> {
  const pieces = await piecesOf(redis, key, await redis.type(key))
  return pieces?.map((piece) => piece.toString('latin1')).join('\n')
}

async function piecesOf(redis: Redis, key: string, type: string): Promise<Buffer[] | undefined> {
  switch (type) {
    case 'none':
      return undefined
    case 'string':
      return present(await redis.getBuffer(key))
    case 'hash':
      return flat(await redis.callBuffer('HGETALL', key))
    case 'list':
      return redis.lrangeBuffer(key, 0, -1)
    case 'set':
      return redis.smembersBuffer(key)
    case 'zset':
      return redis.zrangeBuffer(key, 0, -1)
    case 'stream':
      return flat(await redis.xrangeBuffer(key, '-', '+'))
    default:
      return present(await redis.dumpBuffer(key))
  }
}

const present = (value: Buffer | null) => (value === null ? undefined : [value])

/** Answers of Redis are nested lists of bytes. */
function flat(answer: unknown): Buffer[] {
  if (Buffer.isBuffer(answer)) return [answer]
  return Array.isArray(answer) ? answer.flatMap(flat) : []
}
