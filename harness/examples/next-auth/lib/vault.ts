import { randomBytes, randomUUID } from 'node:crypto'
import { sealData, unsealData } from 'iron-session'
import { Redis } from 'ioredis'
import { z } from 'zod'
import { Problem } from './problem'
import { settings } from './settings'

const tokensSchema = z.object({
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1),
})

/** A pair as Conduit gives it. */
export type Tokens = z.output<typeof tokensSchema>

/** A pair as the vault holds it, and the sealed text it was read from, which is what compare-and-set compares. */
export interface Entry {
  tokens: Tokens
  text: string
}

const LIFE_SECONDS = 604_800
const LEASE_MS = 6000

const REPLACE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
return 1`
const DELETE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`
const PROLONG = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])`

let client: Redis | undefined

function redis(): Redis {
  if (client) return client
  client = new Redis(settings().redisUrl, {
    commandTimeout: 2000,
    connectTimeout: 2000,
    maxRetriesPerRequest: 1,
  })
  client.on('error', () => undefined) // each command reports its own failure
  return client
}

/** A vault that is away is our trouble, not the end of a session. */
async function told<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch {
    throw new Problem(503, 'vault-away')
  }
}

const nameOf = (key: string) => `vault:${key}`
const lock = () => ({ password: settings().secret, ttl: 0 })

/** The pair in the answer of a login or a renewal. Throws 502 when there is none. */
export function tokensFrom(data: unknown): Tokens {
  const parsed = tokensSchema.safeParse(data)
  if (!parsed.success) throw new Problem(502, 'backend-failed')
  return parsed.data
}

/** Stores a pair under a new key, and gives the key: all that the JWT of next-auth will hold. */
export async function fillVault(tokens: Tokens): Promise<string> {
  const key = randomBytes(32).toString('base64url')
  const text = await sealData(tokens, lock())
  await told(redis().set(nameOf(key), text, 'EX', LIFE_SECONDS))
  return key
}

export async function readVault(key: string): Promise<Entry | undefined> {
  const text = await told(redis().get(nameOf(key)))
  if (text === null) return undefined
  const tokens = tokensSchema.safeParse(await unsealData(text, lock()))
  return tokens.success ? { tokens: tokens.data, text } : undefined
}

/** Puts renewed tokens in the place of an entry, which lives no longer for it; false when it was deleted or replaced meanwhile. */
export async function replaceInVault(key: string, old: Entry, tokens: Tokens): Promise<boolean> {
  const values = [old.text, await sealData(tokens, lock())]
  return (await told(redis().eval(REPLACE, 1, nameOf(key), ...values))) === 1
}

/** Deletes a session's tokens; with an entry, only if it is still that. */
export async function emptyVault(key: string, as?: Entry): Promise<void> {
  await told(as ? redis().eval(DELETE, 1, nameOf(key), as.text) : redis().del(nameOf(key)))
}

/** Runs `work` while no other request, on any instance, does so for this key; undefined when one does. */
export async function aloneInVault<T>(key: string, work: () => Promise<T>): Promise<T | undefined> {
  const name = `${nameOf(key)}:lock`
  const me = randomUUID()
  if ((await told(redis().set(name, me, 'PX', LEASE_MS, 'NX'))) !== 'OK') return undefined
  const beat = setInterval(() => {
    redis()
      .eval(PROLONG, 1, name, me, String(LEASE_MS))
      .catch(() => undefined)
  }, LEASE_MS / 3)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    await redis()
      .eval(DELETE, 1, name, me)
      .catch(() => undefined) // the lease ends it
  }
}
