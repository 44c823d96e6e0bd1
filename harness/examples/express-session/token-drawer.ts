import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { sealData, unsealData } from 'iron-session'
import { z } from 'zod'
import { Refusal } from './refusal.ts'

/** A token pair and its number in the session, from 1. */
export interface Pair {
  number: number
  access: string
  refresh: string
}

const LIFE_SECONDS = 12 * 3600

const tokensSchema = z.object({ access: z.string(), refresh: z.string() })

/** Gives the right to renew number ARGV[1] to ARGV[2] for ARGV[3] ms, unless somebody has it: 'gone', 'moved', 'taken' or 'yours'. */
const CLAIM = `
local number = redis.call('HGET', KEYS[1], 'number')
if not number then return 'gone' end
if number ~= ARGV[1] then return 'moved' end
if redis.call('SET', KEYS[2], ARGV[2], 'NX', 'PX', ARGV[3]) then return 'yours' end
return 'taken'`
const KEEP = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end`
const RELEASE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`
const STORE = `
if redis.call('HGET', KEYS[1], 'number') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'number', ARGV[2], 'sealed', ARGV[3])
return 1`
const DROP = `
if redis.call('HGET', KEYS[1], 'number') ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`

export type Claim = 'gone' | 'moved' | 'taken' | 'yours'

const CLAIM_MS = 6000

/** Sealed token pairs by drawer, which an Express session points to; the session itself holds no token. */
export class TokenDrawer {
  readonly #redis: Redis
  readonly #password: string

  constructor(redis: Redis, password: string) {
    this.#redis = redis
    this.#password = password
  }

  async fill(drawer: string, access: string, refresh: string): Promise<void> {
    const sealed = await this.#sealed({ access, refresh })
    await ask(
      this.#redis
        .multi()
        .hset(pairs(drawer), { number: 1, sealed })
        .expire(pairs(drawer), LIFE_SECONDS)
        .exec(),
    )
  }

  async look(drawer: string): Promise<Pair | undefined> {
    const { number, sealed } = await ask(this.#redis.hgetall(pairs(drawer)))
    if (number === undefined || sealed === undefined) return undefined
    const opened = tokensSchema.safeParse(await unsealData(sealed, this.#seal()))
    return opened.success ? { number: Number(number), ...opened.data } : undefined
  }

  async empty(drawer: string): Promise<void> {
    await ask(this.#redis.del(pairs(drawer)))
  }

  /** Empties the drawer if it still holds that pair; tells whether it did. */
  async drop(drawer: string, { number }: Pair): Promise<boolean> {
    return (await ask(this.#redis.eval(DROP, 1, pairs(drawer), String(number)))) === 1
  }

  /** Puts the next pair in; false when the session ended meanwhile. */
  async put(drawer: string, { number, access, refresh }: Pair): Promise<boolean> {
    const values = [String(number - 1), String(number), await this.#sealed({ access, refresh })]
    return (await ask(this.#redis.eval(STORE, 1, pairs(drawer), ...values))) === 1
  }

  /** Runs `renew` if this instance gets the claim on renewing that pair; the claim is kept up while it runs. */
  async claimed<T>(drawer: string, { number }: Pair, renew: () => Promise<T>): Promise<T | Claim> {
    const me = randomUUID()
    const name = `claim:${drawer}`
    const claim = (await ask(
      this.#redis.eval(CLAIM, 2, pairs(drawer), name, String(number), me, String(CLAIM_MS)),
    )) as Claim
    if (claim !== 'yours') return claim
    const beat = setInterval(() => {
      this.#redis.eval(KEEP, 1, name, me, String(CLAIM_MS)).catch(() => undefined)
    }, CLAIM_MS / 3)
    try {
      return await renew()
    } finally {
      clearInterval(beat)
      await this.#redis.eval(RELEASE, 1, name, me).catch(() => undefined)
    }
  }

  #sealed(tokens: z.output<typeof tokensSchema>): Promise<string> {
    return sealData(tokens, this.#seal())
  }

  #seal(): { password: string; ttl: number } {
    return { password: this.#password, ttl: 0 }
  }
}

const pairs = (drawer: string) => `pair:${drawer}`

async function ask<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (cause) {
    throw new Refusal(503, 'store_away', { cause })
  }
}
