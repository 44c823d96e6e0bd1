import { Redis } from 'ioredis'
import { REDIS_MISSING, startRedis } from './instruments/redis.ts'
import {
  readLives,
  readVault,
  type KeyLives,
  type VaultEntry,
} from './instruments/vault-content.ts'
import { openTcpProxy, type TcpProxy } from './instruments/tcp-proxy.ts'
import type { Target } from './target/schema.ts'
import { accepts } from './target/tcp-answers.ts'
import { mentions } from './target/template.ts'
import { SetupProblem } from './verdict/outcome-errors.ts'

/** The Redis behind the target's vault, as the harness sees it. */
export interface Vault {
  /** What instance 0, 1 … is given as `{{vault.url}}`; undefined when the target does not ask for one. */
  urls: readonly (string | undefined)[]
  /** Whether instances can share it; also true when the vault is the target's own affair. */
  shared: boolean
  /** One way to it per instance that can be broken; empty when the harness does not own the way. */
  proxies: readonly TcpProxy[]
  /** Empties it. Only for a Redis that the harness started itself. */
  flush: (() => Promise<void>) | undefined
  /** Forgets the scripts that clients loaded, as a restart does. Only for a Redis that the harness started itself. */
  forgetScripts: (() => Promise<void>) | undefined
  /** Everything in it. Only for a Redis that the harness started itself. */
  read: (() => Promise<VaultEntry[]>) | undefined
  /** How long its keys have to live. Only for a Redis that the harness started itself. */
  lives: (() => Promise<KeyLives>) | undefined
  /** Takes keys out of it, as a Redis that is short of memory would. Only for a Redis that the harness started itself. */
  evict: ((keys: readonly string[]) => Promise<void>) | undefined
  /** Gives keys so many milliseconds to live from now on, as if time had passed. Only for a Redis that the harness started itself. */
  age: ((lives: ReadonlyMap<string, number>) => Promise<void>) | undefined
  stop(): Promise<void>
}

/** Whether the target is given a vault by the harness. */
export const asksForVault = ({ start }: Target): boolean =>
  start.urls === undefined && (mentions(start.env, 'vault.url') || mentions(start.env, 'redis.url'))

const NONE = {
  proxies: [],
  flush: undefined,
  forgetScripts: undefined,
  read: undefined,
  lives: undefined,
  evict: undefined,
  age: undefined,
  stop: () => Promise.resolve(),
}

/** Starts or takes over a Redis when the target asks for `{{vault.url}}`. Throws `SetupProblem` when there is none and no fallback. */
export async function openVault(target: Target, redisUrl: string | undefined): Promise<Vault> {
  const { start, vault } = target
  const count = start.instances
  if (!asksForVault(target)) return { ...NONE, urls: [], shared: true }
  if (redisUrl !== undefined && /^[\w.-]+:\d+/.test(redisUrl))
    throw new SetupProblem(`--redis-url ${redisUrl} is no URL: write redis://${redisUrl}.`)
  if (redisUrl !== undefined && !redisUrl.startsWith('redis:'))
    return { ...NONE, urls: Array.from({ length: count }, () => redisUrl), shared: true }
  if (redisUrl !== undefined) await reachable(redisUrl)
  const own = redisUrl === undefined ? await startRedis() : undefined
  const url = redisUrl ?? own?.url
  if (url !== undefined) return throughProxies(url, count, own)
  if (vault !== undefined) return { ...NONE, urls: [vault.fallback], shared: false }
  throw new SetupProblem(
    `start.env asks for {{vault.url}}, but there is ${REDIS_MISSING}; or give vault.fallback.`,
  )
}

async function reachable(redisUrl: string): Promise<void> {
  const { hostname, port } = new URL(redisUrl)
  if (!(await accepts(port === '' ? 6379 : Number(port), hostname.replace(/^\[|\]$/g, ''))))
    throw new SetupProblem(
      `nothing listens at the Redis of --redis-url (${hostname}, port ${port || 6379}). Start it, correct the URL, or leave the option out: the harness starts a Redis of its own.`,
    )
}

async function throughProxies(
  url: string,
  count: number,
  own: { stop(): Promise<void> } | undefined,
): Promise<Vault> {
  const { hostname, port } = new URL(url)
  const to = { host: hostname, port: port === '' ? 6379 : Number(port) }
  const proxies = await Promise.all(Array.from({ length: count }, () => openTcpProxy(to)))
  return {
    urls: proxies.map((proxy) => viaProxy(url, proxy)),
    shared: true,
    proxies,
    flush: own ? () => asked(url, (redis) => redis.flushall()) : undefined,
    forgetScripts: own ? () => asked(url, (redis) => redis.script('FLUSH')) : undefined,
    read: own ? () => readVault(url) : undefined,
    lives: own ? () => readLives(url) : undefined,
    evict: own ? (keys) => asked(url, (redis) => redis.del(...keys)) : undefined,
    age: own
      ? (lives) =>
          asked(url, async (redis) => {
            for (const [key, life] of lives) await redis.pexpire(key, life)
          })
      : undefined,
    async stop() {
      await Promise.all(proxies.map((proxy) => proxy.stop()))
      await own?.stop()
    },
  }
}

function viaProxy(url: string, proxy: TcpProxy): string {
  const via = new URL(url)
  via.hostname = '127.0.0.1'
  via.port = String(proxy.port)
  return via.href
}

async function asked(url: string, ask: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis(url)
  await ask(redis)
  redis.disconnect()
}
