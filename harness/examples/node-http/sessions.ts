import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { sealData, unsealData } from 'iron-session'
import type { Redis } from 'ioredis'
import { Refusal } from './refusal.ts'

/** What Redis holds of one session: its tokens, and how often they were renewed. */
export interface Tokens {
  turn: number
  access: string
  refresh: string
}

const LIFE_SECONDS = 7 * 24 * 3600
const LEASE_MS = 5000

/** Each script does something only if the session still stands where its caller saw it. */
const REPLACE = `
if redis.call('HGET', KEYS[1], 'turn') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'turn', ARGV[2], 'pair', ARGV[3])
return 1`
const END = `
if redis.call('HGET', KEYS[1], 'turn') ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`
const PROLONG = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])`
const RELEASE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`

/** Sessions in Redis. The browser holds a random id; Redis knows its hash, and the tokens sealed. */
export class Sessions {
  readonly #redis: Redis
  readonly #lock: { password: string; ttl: number }

  constructor(redis: Redis, secret: string) {
    this.#redis = redis
    this.#lock = { password: secret, ttl: 0 }
  }

  /** Stores a pair under a new id, and gives the id. */
  async open(access: string, refresh: string): Promise<string> {
    const id = randomBytes(32).toString('base64url')
    const fields = { turn: 1, pair: await sealData({ access, refresh }, this.#lock) }
    await told(this.#redis.multi().hset(keyOf(id), fields).expire(keyOf(id), LIFE_SECONDS).exec())
    return id
  }

  async read(id: string): Promise<Tokens | undefined> {
    const { turn, pair } = await told(this.#redis.hgetall(keyOf(id)))
    if (turn === undefined || pair === undefined) return undefined
    const { access, refresh } = await unsealData<Partial<Tokens>>(pair, this.#lock)
    return access && refresh ? { turn: Number(turn), access, refresh } : undefined
  }

  /** Puts renewed tokens in the place of `old`; false when the session has ended or moved on. */
  async replace(
    id: string,
    old: Tokens,
    next: Pick<Tokens, 'access' | 'refresh'>,
  ): Promise<boolean> {
    const { access, refresh } = next
    const pair = await sealData({ access, refresh }, this.#lock)
    const values = [String(old.turn), String(old.turn + 1), pair]
    return (await told(this.#redis.eval(REPLACE, 1, keyOf(id), ...values))) === 1
  }

  /** Ends a session; with `as`, only if it still holds those tokens. */
  async end(id: string, as?: Tokens): Promise<void> {
    await told(
      as ? this.#redis.eval(END, 1, keyOf(id), String(as.turn)) : this.#redis.del(keyOf(id)),
    )
  }

  /** Runs `work` while nobody else, in any process, does so for this session; undefined when somebody does. */
  async alone<T>(id: string, work: () => Promise<T>): Promise<T | undefined> {
    const lock = `${keyOf(id)}:lock`
    const me = randomUUID()
    if ((await told(this.#redis.set(lock, me, 'PX', LEASE_MS, 'NX'))) !== 'OK') return undefined
    const beat = setInterval(() => {
      this.#redis.eval(PROLONG, 1, lock, me, String(LEASE_MS)).catch(() => undefined)
    }, LEASE_MS / 3)
    try {
      return await work()
    } finally {
      clearInterval(beat)
      await this.#redis.eval(RELEASE, 1, lock, me).catch(() => undefined) // the lease ends it
    }
  }
}

const keyOf = (id: string) => `session:${createHash('sha256').update(id).digest('base64url')}`

/** A Redis that is away is our trouble, not the end of a session. */
async function told<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch {
    throw new Refusal(503, 'sessions are away')
  }
}
