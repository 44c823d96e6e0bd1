import { afterEach, describe, expect, test } from 'vitest'
import type { ConduitAnswer, ConduitCall } from '@/lib/conduit-client'
import { conduitRequest, type ConduitParts } from '@/lib/conduit-request'
import { AppError } from '@/lib/models/app-error'
import { createRenewSession, defaultRenewOptions, type RenewOptions } from '@/lib/renew-session'
import { createSealer } from '@/lib/seal'
import { createTokenVault } from '@/lib/token-vault'
import { hasRedisServer, startEmbeddedRedis, startRedisServer, type TestRedis } from '../test-redis'

const list: ConduitCall = { method: 'GET', path: '/database/Post' }
const quick: RenewOptions = { ...defaultRenewOptions, pollMs: 1 }

/** A backend with single-use refresh tokens; `hold` keeps renewals back until it is opened. */
function backend() {
  let generation = 1
  let live = false
  let opened: () => void = () => undefined
  const seen: string[] = []
  const state = {
    seen,
    renewAnswer: undefined as ConduitAnswer | Error | undefined,
    alwaysRefuse: false,
    gate: Promise.resolve(),
    hold() {
      state.gate = new Promise((resolve) => (opened = resolve))
    },
    open: () => {
      opened()
    },
    get renews() {
      return seen.filter((each) => each.startsWith('renew')).length
    },
    transport: async (call: ConduitCall, token?: string): Promise<ConduitAnswer> => {
      if (call.path !== '/authentication/renew') {
        seen.push(`${call.path.slice(1)} ${token ?? ''}`)
        return live && token === `access-${generation}` && !state.alwaysRefuse
          ? { status: 200, data: { ok: generation } }
          : { status: 401, data: {} }
      }
      seen.push(`renew ${token ?? ''}`)
      await state.gate
      if (state.renewAnswer instanceof Error) throw state.renewAnswer
      if (state.renewAnswer) return state.renewAnswer
      if (token !== `refresh-${generation}`)
        return { status: 400, data: { message: 'Refresh token not found' } }
      generation += 1
      live = true
      return {
        status: 200,
        data: { accessToken: `access-${generation}`, refreshToken: `refresh-${generation}` },
      }
    },
  }
  return state
}

let redis: TestRedis | undefined
afterEach(async () => {
  await redis?.stop()
  redis = undefined
})

/** Instances of the app: each with its own vault client, all on one Redis and one backend whose access token has run out. */
async function instances(
  count: number,
  start: () => Promise<TestRedis> = startEmbeddedRedis,
): Promise<{ api: ReturnType<typeof backend>; parts: ConduitParts[] }> {
  const started = await start()
  redis = started
  const api = backend()
  const parts = Array.from({ length: count }, () => {
    const vault = createTokenVault(
      started.connect(),
      createSealer('a secret of thirty-two characters or more'),
    )
    return {
      vault,
      transport: api.transport,
      renew: createRenewSession(vault, api.transport, quick),
    }
  })
  await parts[0]?.vault.create('key', { accessToken: 'access-1', refreshToken: 'refresh-1' })
  return { api, parts }
}

const codeOf = (error: unknown) =>
  error instanceof AppError ? [error.code, error.endsSession] : error

const servers = [
  { name: 'embedded Redis', start: startEmbeddedRedis, skip: false },
  {
    name: 'redis-server [needs redis-server: apt-get install -y redis-server]',
    start: startRedisServer,
    skip: !hasRedisServer,
  },
]

// A loop, for the titles of each() are cut off, and with them what is needed.
for (const { name, start, skip } of servers)
  describe(`on ${name}`, () => {
    test.skipIf(skip)(
      'many calls over two instances renew once, and all are answered',
      async () => {
        const { api, parts } = await instances(2, start)
        const calls = Array.from({ length: 24 }, (_, at) =>
          conduitRequest('key', list, parts[at % 2]),
        )
        expect(await Promise.all(calls)).toEqual(Array(24).fill({ ok: 2 }))
        expect(api.renews).toBe(1)
      },
    )
  })

test('a token that runs out again is renewed with the pair of the last renewal', async () => {
  const { api, parts } = await instances(1)
  await conduitRequest('key', list, parts[0])
  api.seen.length = 0
  api.alwaysRefuse = true
  await conduitRequest('key', list, parts[0]).catch(() => undefined)
  expect(api.seen).toEqual(['database/Post access-2', 'renew refresh-2', 'database/Post access-3'])
})

test('a straggler takes the current token and renews nothing', async () => {
  const { api, parts } = await instances(1)
  const entry = await parts[0]?.vault.read('key')
  await conduitRequest('key', list, parts[0])
  if (!entry) throw new Error('no entry')
  expect(await parts[0]?.renew('key', entry)).toEqual({
    accessToken: 'access-2',
    refreshToken: 'refresh-2',
    generation: 2,
  })
  expect(api.renews).toBe(1)
})

test.each([400, 401, 403])(
  'a renew that answers %i ends the session, and nobody renews again',
  async (status) => {
    const { api, parts } = await instances(1)
    api.renewAnswer = { status, data: {} }
    expect(
      codeOf(await conduitRequest('key', list, parts[0]).catch((error: unknown) => error)),
    ).toEqual(['NOT_AUTHENTICATED', true])
    expect(
      codeOf(await conduitRequest('key', list, parts[0]).catch((error: unknown) => error)),
    ).toEqual(['NOT_AUTHENTICATED', true])
    expect([api.renews, await parts[0]?.vault.read('key')]).toEqual([1, undefined])
  },
)

test.each([
  ['500', { status: 500, data: {} }, 'UNAVAILABLE'],
  ['503', { status: 503, data: undefined }, 'UNAVAILABLE'],
  ['429', { status: 429, data: {} }, 'UNAVAILABLE'],
  ['a reset', new AppError('BAD_GATEWAY', 'reset'), 'BAD_GATEWAY'],
  ['half a pair', { status: 200, data: { accessToken: 'x' } }, 'BAD_GATEWAY'],
  ['no JSON', { status: 200, data: undefined }, 'BAD_GATEWAY'],
] as const)(
  'a renew that gives %s keeps the session, and the next call works',
  async (_name, answer, code) => {
    const { api, parts } = await instances(1)
    api.renewAnswer = answer
    expect(
      codeOf(await conduitRequest('key', list, parts[0]).catch((error: unknown) => error)),
    ).toEqual([code, false])
    api.renewAnswer = undefined
    expect(await conduitRequest('key', list, parts[0])).toEqual({ ok: 2 })
  },
)

test('a renewal that ended between a look into the vault and the lock is not repeated', async () => {
  const { api, parts } = await instances(2)
  const [first, second] = parts
  const stale = await second?.vault.read('key')
  if (!first || !second || !stale) throw new Error('two instances share a session')
  const slow = {
    ...second.vault,
    lock: async (vaultKey: string, owner: string, leaseMs: number) => {
      await first.renew('key', stale)
      return second.vault.lock(vaultKey, owner, leaseMs)
    },
  }
  const renew = createRenewSession(slow, api.transport, quick)
  expect((await renew('key', stale)).accessToken).toBe('access-2')
  expect(api.renews).toBe(1)
})

test('a backend that refuses every token is asked twice and renewed once', async () => {
  const { api, parts } = await instances(1)
  api.alwaysRefuse = true
  expect(
    codeOf(await conduitRequest('key', list, parts[0]).catch((error: unknown) => error)),
  ).toEqual(['NOT_AUTHENTICATED', false])
  expect(api.seen).toEqual(['database/Post access-1', 'renew refresh-1', 'database/Post access-2'])
})

test('a logout during a renewal wins: the new pair is given back, not stored', async () => {
  const { api, parts } = await instances(1)
  api.hold()
  const call = conduitRequest('key', list, parts[0]).catch((error: unknown) => error)
  await expect.poll(() => api.renews).toBe(1)
  await parts[0]?.vault.delete('key')
  api.open()
  expect(codeOf(await call)).toEqual(['NOT_AUTHENTICATED', true])
  expect(await parts[0]?.vault.read('key')).toBeUndefined()
  expect(api.seen.at(-1)).toBe('authentication/logout access-2')
})

test('a caller whose time is up is told to come again, and the renewal goes on without it', async () => {
  const { api, parts } = await instances(1)
  const vault = parts[0]?.vault
  if (!vault) throw new Error('no vault')
  const impatient = {
    vault,
    transport: api.transport,
    renew: createRenewSession(vault, api.transport, { ...quick, waitMs: 1 }),
  }
  api.hold()
  expect(
    codeOf(await conduitRequest('key', list, impatient).catch((error: unknown) => error)),
  ).toEqual(['UNAVAILABLE', false])
  api.open()
  await expect.poll(async () => (await vault.read('key'))?.generation).toBe(2)
  expect(await conduitRequest('key', list, parts[0])).toEqual({ ok: 2 })
  expect(api.renews).toBe(1)
})

test('no session in the vault is 401, and nobody is called', async () => {
  const { api, parts } = await instances(1)
  expect(
    codeOf(await conduitRequest('other', list, parts[0]).catch((error: unknown) => error)),
  ).toEqual(['NOT_AUTHENTICATED', true])
  expect(api.seen).toEqual([])
})

test.each([
  ['File does not exist', 'NOT_FOUND'],
  ['You do not have access to file', 'NOT_FOUND'],
  ['Something failed', 'BAD_GATEWAY'],
])('a 500 that says "%s" is %s', async (message, code) => {
  const { parts } = await instances(1)
  const [first] = parts
  if (!first) throw new Error('no instance')
  const failing = { ...first, transport: async () => ({ status: 500, data: { message } }) }
  expect(
    codeOf(await conduitRequest('key', list, failing).catch((error: unknown) => error)),
  ).toEqual([code, false])
})
