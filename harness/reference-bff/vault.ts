import { z } from 'zod'
import { BffFailure, unavailable } from './failure.ts'
import type { Services } from './services.ts'

/** What the backend hands out at login and renewal. */
export interface Tokens {
  accessToken: string
  refreshToken: string
}

/** One session in the vault. `generation` grows by one with every renewal. */
export interface Entry {
  generation: number
  userId: string
  tokens: Tokens
}

/** Tokens by session, in Redis. Every failure of Redis is a 503; a session that is gone is `undefined` or `false`, never an error. */
export interface Vault {
  create(key: string, entry: Entry): Promise<void>
  read(key: string): Promise<Entry | undefined>
  /** Saves the next generation unless the session was ended or has moved on; tells whether it did. */
  replace(key: string, generation: number, next: Entry): Promise<boolean>
  remove(key: string): Promise<void>
  /** Ends the session unless it has moved on; tells whether it did. */
  removeIf(key: string, generation: number): Promise<boolean>
}

/** A refresh token's own life: seven days. Renewals do not prolong a session. */
export const SESSION_SECONDS = 604_800

const REPLACE = `
if redis.call('HGET', KEYS[1], 'generation') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'generation', ARGV[2], 'sealed', ARGV[3])
return 1`
const REMOVE_IF = `
if redis.call('HGET', KEYS[1], 'generation') ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
return 1`

const sealedSchema = z.object({
  userId: z.string(),
  tokens: z.object({ accessToken: z.string(), refreshToken: z.string() }),
})

const nameOf = (key: string) => `vault:${key}`

export function createVault({ redis, seal }: Pick<Services, 'redis' | 'seal'>): Vault {
  const sealed = (key: string, { userId, tokens }: Entry) =>
    seal.close(JSON.stringify({ userId, tokens }), key)
  return {
    create: (key, entry) =>
      asked(async () => {
        await redis
          .multi()
          .hset(nameOf(key), 'generation', entry.generation, 'sealed', sealed(key, entry))
          .expire(nameOf(key), SESSION_SECONDS)
          .exec()
      }),
    read: (key) =>
      asked(async () => {
        const fields = await redis.hgetall(nameOf(key))
        const text = seal.open(fields['sealed'] ?? '', key)
        if (text === undefined) return undefined
        const content = sealedSchema.parse(JSON.parse(text))
        return { generation: Number(fields['generation']), ...content }
      }),
    replace: (key, generation, next) =>
      asked(async () => {
        const values = [String(generation), String(next.generation), sealed(key, next)]
        return (await redis.eval(REPLACE, 1, nameOf(key), ...values)) === 1
      }),
    remove: (key) =>
      asked(async () => {
        await redis.del(nameOf(key))
      }),
    removeIf: (key, generation) =>
      asked(async () => (await redis.eval(REMOVE_IF, 1, nameOf(key), String(generation))) === 1),
  }
}

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    throw cause instanceof BffFailure ? cause : unavailable(503, 'vault_unavailable', cause)
  }
}
