import { randomUUID } from 'node:crypto'
import { sealData, unsealData } from 'iron-session'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { Fault } from './fault.ts'

const pairSchema = z.object({ accessToken: z.string().min(1), refreshToken: z.string().min(1) })

/** Tokens as Conduit gives them. */
export type Pair = z.output<typeof pairSchema>

/** A pair and its version in the session, from 1. */
export interface Stored {
  version: number
  pair: Pair
}

const LIFE_SECONDS = 604_800
const CLAIM_MS = 6000

/**
 * Claims the renewal of one version for one owner: 'over', 'newer', 'claimed' or 'busy'. A claim is a field of the session
 * itself with an end by Redis' own clock, so it cannot outlive the session.
 */
const CLAIM = `
local version = redis.call('HGET', KEYS[1], 'version')
if not version then return 'over' end
if version ~= ARGV[1] then return 'newer' end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local owner, ends = unpack(redis.call('HMGET', KEYS[1], 'owner', 'ends'))
if owner and owner ~= ARGV[2] and tonumber(ends) > now then return 'busy' end
redis.call('HSET', KEYS[1], 'owner', ARGV[2], 'ends', now + ARGV[3])
return 'claimed'`
const UNCLAIM = `
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
return redis.call('HDEL', KEYS[1], 'owner', 'ends')`
const ADVANCE = `
if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[1] + 1, 'pair', ARGV[2])
return 1`
const CLOSE = `
if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`

type Claim = 'over' | 'newer' | 'claimed' | 'busy'

/** Sessions in Redis, one hash each: version, sealed pair, and who renews it. */
export class TokenStore {
  readonly #redis: Redis
  readonly #lock: { password: string; ttl: number }

  constructor(redis: Redis, secret: string) {
    this.#redis = redis
    this.#lock = { password: secret, ttl: 0 }
  }

  async open(session: string, pair: Pair): Promise<void> {
    const fields = { version: 1, pair: await sealData(pair, this.#lock) }
    await answered(
      this.#redis.multi().hset(name(session), fields).expire(name(session), LIFE_SECONDS).exec(),
    )
  }

  async read(session: string): Promise<Stored | undefined> {
    const [version, pair] = await answered(this.#redis.hmget(name(session), 'version', 'pair'))
    if (typeof version !== 'string' || typeof pair !== 'string') return undefined
    const { data } = pairSchema.safeParse(await unsealData(pair, this.#lock))
    return data && { version: Number(version), pair: data }
  }

  /** The next pair in the place of `old`; false when the session was closed or somebody was faster. */
  async advance(session: string, old: Stored, pair: Pair): Promise<boolean> {
    const values = [String(old.version), await sealData(pair, this.#lock)]
    return (await answered(this.#redis.eval(ADVANCE, 1, name(session), ...values))) === 1
  }

  async close(session: string, as?: Stored): Promise<void> {
    await answered(
      as
        ? this.#redis.eval(CLOSE, 1, name(session), String(as.version))
        : this.#redis.del(name(session)),
    )
  }

  /** Runs `work` with the claim on renewing `old`, which is kept up meanwhile; otherwise says why not. */
  async claiming<T>(
    session: string,
    old: Stored,
    work: () => Promise<T>,
  ): Promise<T | Exclude<Claim, 'claimed'>> {
    const owner = randomUUID()
    const values = [String(old.version), owner, String(CLAIM_MS)]
    const claim = () => this.#redis.eval(CLAIM, 1, name(session), ...values) as Promise<Claim>
    const outcome = await answered(claim())
    if (outcome !== 'claimed') return outcome
    const beat = setInterval(() => {
      claim().catch(() => undefined)
    }, CLAIM_MS / 3)
    try {
      return await work()
    } finally {
      clearInterval(beat)
      await this.#redis.eval(UNCLAIM, 1, name(session), owner).catch(() => undefined)
    }
  }
}

/** The pair in the answer of a login or a renewal. Throws 502 when there is none. */
export function pairFrom(data: unknown): Pair {
  const parsed = pairSchema.safeParse(data)
  if (!parsed.success) throw new Fault(502, 'BACKEND_FAILED')
  return parsed.data
}

const name = (session: string) => `helpdesk:${session}`

async function answered<T>(command: Promise<T>): Promise<T> {
  try {
    return await command
  } catch {
    throw new Fault(503, 'STORE_AWAY')
  }
}
