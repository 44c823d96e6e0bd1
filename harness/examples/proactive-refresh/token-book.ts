import { createHash, randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import RedisMock from 'ioredis-mock'
import { sealData, unsealData } from 'iron-session'
import { z } from 'zod'
import { Problem } from './problem.ts'
import type { Settings } from './settings.ts'

const pageSchema = z.object({
  version: z.number(),
  access: z.string(),
  refresh: z.string(),
  /** `exp` of the access token, in milliseconds since 1970. */
  until: z.number(),
})

/** The tokens of one session as they stand in Redis, sealed. */
export type Page = z.output<typeof pageSchema>

const LIFE_SECONDS = 7 * 24 * 3600

const TURN = `
local current = redis.call('GET', KEYS[1])
if not current or current ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
return 1`
const TEAR_OUT = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`
const LET_GO = TEAR_OUT

/** A page and the exact text it was read from, which is what compare-and-set compares. */
export interface Reading {
  page: Page
  text: string
}

/** Sessions and their tokens in Redis: whole sealed values, changed by compare-and-set. */
export class TokenBook {
  readonly #redis: Redis
  readonly #secret: string

  constructor({ redis, secret }: Settings) {
    this.#secret = secret
    this.#redis = redis.startsWith('embedded:')
      ? new RedisMock({ host: randomUUID() })
      : new Redis(redis, { commandTimeout: 3000, maxRetriesPerRequest: 1, connectTimeout: 2000 })
    this.#redis.on('error', () => undefined)
  }

  close(): void {
    this.#redis.disconnect()
  }

  async open(session: string, page: Page): Promise<void> {
    await this.#ask(async (redis) =>
      redis.set(nameOf(session), await this.#sealed(page), 'EX', LIFE_SECONDS),
    )
  }

  async read(session: string): Promise<Reading | undefined> {
    const text = await this.#ask((redis) => redis.get(nameOf(session)))
    if (text === null) return undefined
    const parsed = pageSchema.safeParse(await unsealData(text, this.#lock()))
    return parsed.success ? { page: parsed.data, text } : undefined
  }

  /** Puts the next page in the place of a reading; false when somebody changed or removed it meanwhile. */
  async turn(session: string, { text }: Reading, next: Page): Promise<boolean> {
    const sealed = await this.#sealed(next)
    return this.#ask(
      async (redis) => (await redis.eval(TURN, 1, nameOf(session), text, sealed)) === 1,
    )
  }

  /** Ends the session, or only if it still stands as it was read; false when there was nothing to end. */
  async tearOut(session: string, reading?: Reading): Promise<boolean> {
    const gone = await this.#ask((redis) =>
      reading ? redis.eval(TEAR_OUT, 1, nameOf(session), reading.text) : redis.del(nameOf(session)),
    )
    return gone === 1
  }

  /** Runs `work` while no other instance may do the same for this session; undefined when another does. */
  async alone<T>(session: string, ms: number, work: () => Promise<T>): Promise<T | undefined> {
    const name = `turning:${nameOf(session)}`
    const me = randomUUID()
    const taken = await this.#ask((redis) => redis.set(name, me, 'PX', ms, 'NX'))
    if (taken !== 'OK') return undefined
    try {
      return await work()
    } finally {
      await this.#redis.eval(LET_GO, 1, name, me).catch(() => undefined)
    }
  }

  #sealed(page: Page): Promise<string> {
    return sealData(page, this.#lock())
  }

  #lock(): { password: string; ttl: number } {
    return { password: this.#secret, ttl: 0 }
  }

  async #ask<T>(run: (redis: Redis) => Promise<T>): Promise<T> {
    try {
      return await run(this.#redis)
    } catch (cause) {
      throw new Problem(503, 'no-vault', { cause })
    }
  }
}

/** Not the visit itself: who can list keys must not be able to take a session over. */
const nameOf = (session: string) => `page:${createHash('sha256').update(session).digest('hex')}`
