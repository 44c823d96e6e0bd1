import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { WorldOptions } from '../control/types.ts'
import { setup, tokensOf } from './test-backend.ts'
import { type StoredToken, TOKENS, tokenState } from './token-store.ts'

type Step =
  | { do: 'login' }
  | { do: 'renew'; pick: number; times: number }
  | { do: 'logout'; pick: number }
  | { do: 'advance'; ms: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>({ do: 'login' }),
  fc.record({
    do: fc.constant('renew' as const),
    pick: fc.nat(20),
    times: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ do: fc.constant('logout' as const), pick: fc.nat(20) }),
  fc.record({ do: fc.constant('advance' as const), ms: fc.nat(3000) }),
)

const runs = { seed: 20260101, numRuns: 40 }

/** Plays steps on a backend of its own and hands over every token there was. */
async function play(
  steps: readonly Step[],
  rotation: WorldOptions['rotation'],
  multipleUserSessions: boolean,
) {
  const life = { accessTokens: { expiryPeriod: 4000 }, refreshTokens: { expiryPeriod: 8000 } }
  const backend = setup({ ...life, clients: { multipleUserSessions } }, { rotation })
  const { call, login, renew, userId, world } = backend
  const tokens = () => world.part(TOKENS).tokensOf(userId())
  const nth = (kind: StoredToken['kind'], pick: number) => {
    const all = tokens().filter((token) => token.kind === kind)
    return all[pick % Math.max(1, all.length)]?.token ?? 'none'
  }
  const won: { token: string; successes: number }[] = []
  for (const each of steps) {
    if (each.do === 'login') await login()
    if (each.do === 'advance') world.clock.advance(each.ms)
    if (each.do === 'logout')
      await call('POST /authentication/logout', { auth: nth('access', each.pick) })
    if (each.do !== 'renew') continue
    const token = nth('refresh', each.pick)
    const answers = await Promise.all(Array.from({ length: each.times }, () => renew(token)))
    won.push({ token, successes: answers.filter(({ status }) => status === 200).length })
  }
  return { ...backend, tokens, won }
}

test('no two tokens are ever the same string', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.boolean(), async (steps, many) => {
      const { tokens } = await play(steps, 'strict', many)
      const strings = tokens().map(({ token }) => token)
      expect(new Set(strings).size).toBe(strings.length)
    }),
    runs,
  )
})

test('strict and family: a refresh token is good for one renew, ever', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 25 }),
      fc.constantFrom('strict' as const, 'family' as const),
      async (steps, rotation) => {
        const { won } = await play(steps, rotation, true)
        const total = new Map<string, number>()
        for (const { token, successes } of won)
          total.set(token, (total.get(token) ?? 0) + successes)
        expect([...total.values()].filter((successes) => successes > 1)).toEqual([])
      },
    ),
    runs,
  )
})

test('by default a user never has more than one live pair', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 25 }),
      fc.constantFrom('strict' as const, 'family' as const, 'grace' as const),
      async (steps, rotation) => {
        const { tokens } = await play(steps, rotation, false)
        const live = tokens().filter(({ fate }) => fate === 'live')
        expect(live.length).toBeLessThanOrEqual(2)
        expect(new Set(live.map(({ generation }) => generation)).size).toBeLessThanOrEqual(1)
      },
    ),
    runs,
  )
})

test('a token is admitted exactly while its state is live', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 15 }), fc.boolean(), async (steps, many) => {
      const { statusOf, tokens, world } = await play(steps, 'strict', many)
      for (const token of tokens()) {
        if (token.kind !== 'access') continue
        const live = tokenState(token, world.clock.now()) === 'live'
        expect(await statusOf(token.token)).toBe(live ? 200 : 401)
      }
    }),
    runs,
  )
})

test('counters add up: one generation per login or renew, one session per login', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const { userId, won, world } = await play(steps, 'strict', true)
      const logins = steps.filter((each) => each.do === 'login').length
      const renews = won.reduce((sum, { successes }) => sum + successes, 0)
      expect(world.part(TOKENS).user(userId())).toMatchObject({
        generation: logins + renews,
        sessions: logins,
        renews,
      })
    }),
    runs,
  )
})

test('a fork and its origin do not see each other’s changes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 12 }),
      fc.array(step, { maxLength: 12 }),
      async (before, after) => {
        const { login, renew, userId, world, worlds } = await play(before, 'strict', true)
        const fork = worlds.fork('fork', world)
        const shown = () => JSON.stringify(fork.part(TOKENS).tokensOf(userId()))
        const atFork = shown()
        for (const _each of after) tokensOf(await renew((await login()).refreshToken))
        expect(shown()).toBe(atFork)
      },
    ),
    { ...runs, numRuns: 15 },
  )
})
