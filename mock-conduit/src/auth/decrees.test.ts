import { expect, test } from 'vitest'
import {
  expireTokens,
  findUser,
  listTokens,
  listUsers,
  require2fa,
  revokeTokens,
  setActive,
} from './decrees.ts'
import { identifyToken } from './identify.ts'
import { seedUsers } from './seed.ts'
import { PASSWORD, refusal, setup, tokensOf } from './test-backend.ts'

test('an expired access token may still be renewed', async () => {
  const { login, renew, statusOf, userId, world } = setup()
  const { accessToken, refreshToken } = await login()
  expireTokens(world, userId(), 'access')
  expect(await statusOf(accessToken)).toBe(401)
  expect((await renew(refreshToken)).status).toBe(200)
})

test('an expired refresh token says so, and its access token works on', async () => {
  const { login, renew, statusOf, userId, world } = setup()
  const { accessToken, refreshToken } = await login()
  expireTokens(world, userId(), 'refresh')
  expect((await renew(refreshToken)).body).toEqual(refusal(400, 'Token expired'))
  expect(await statusOf(accessToken)).toBe(200)
})

test('revoking ends everything', async () => {
  const { login, renew, statusOf, userId, world } = setup()
  const { accessToken, refreshToken } = await login()
  revokeTokens(world, userId())
  expect([await statusOf(accessToken), (await renew(refreshToken)).status]).toEqual([401, 400])
})

test('blocking refuses, unblocking brings the same tokens back', async () => {
  const { login, statusOf, userId, world } = setup()
  const { accessToken } = await login()
  setActive(world, userId(), false)
  expect(await statusOf(accessToken)).toBe(403)
  setActive(world, userId(), true)
  expect(await statusOf(accessToken)).toBe(200)
})

test('a demanded second factor is cured by no renew', async () => {
  const { call, login, renew, userId, world } = setup()
  const { accessToken, refreshToken } = await login()
  require2fa(world, userId())
  const needed = refusal(401, '2FA is required')
  expect((await call('GET /authentication/user', { auth: accessToken })).body).toEqual(needed)
  const renewed = tokensOf(await renew(refreshToken))
  expect((await call('GET /authentication/user', { auth: renewed.accessToken })).body).toEqual(
    needed,
  )
})

test('generations count pairs, sessions count logins', async () => {
  const { login, renew, world, userId } = setup()
  const first = await login()
  await renew(first.refreshToken)
  await renew(first.refreshToken)
  await login()
  expect(
    listTokens(world, userId()).map(({ kind, generation, session, state }) => [
      kind,
      generation,
      session,
      state,
    ]),
  ).toEqual([
    ['access', 1, 1, 'rotated'],
    ['refresh', 1, 1, 'rotated'],
    ['access', 2, 1, 'revoked'],
    ['refresh', 2, 1, 'revoked'],
    ['access', 3, 2, 'live'],
    ['refresh', 3, 2, 'live'],
  ])
  expect(listUsers(world)).toMatchObject([
    { email: 'ann@example.com', username: 'Ann', active: true, renews: 1, reuses: 1 },
  ])
})

test('users are found by id, by e-mail in any case, and by name', async () => {
  const { userId, world } = setup()
  expect(
    [userId(), 'ANN@example.com', 'Ann', 'nobody'].map((key) => findUser(world, key)?._id),
  ).toEqual([userId(), userId(), userId(), undefined])
})

test('seeding an address again changes that user', async () => {
  const { login, userId, world } = setup()
  const before = userId()
  expect(
    seedUsers(world, [{ email: 'Ann@Example.com', password: 'other', isVerified: true }]),
  ).toEqual([{ _id: before, email: 'ann@example.com' }])
  expect((await login('ann@example.com', 'other')).refreshToken.length).toBe(88)
})

test('a request’s token is told by its string, from header or cookie', async () => {
  const { login, renew, userId, world } = setup()
  const { accessToken, refreshToken } = await login()
  await renew(refreshToken)
  const carried = (headers: Record<string, string>, path = '/database/Post') =>
    identifyToken(world, {
      headers,
      path,
      method: 'GET',
      query: '',
      target: path,
      rawHeaders: [],
      remoteAddress: '',
      instance: 'main',
      readBody: () => Promise.resolve(Buffer.alloc(0)),
      signal: new AbortController().signal,
    })
  const known = {
    userId: userId(),
    email: 'ann@example.com',
    generation: 1,
    session: 1,
    state: 'rotated',
  }
  expect(carried({ authorization: `Bearer ${accessToken}` })).toEqual({ ...known, kind: 'access' })
  expect(
    carried(
      { cookie: `refreshToken=${encodeURIComponent(refreshToken)}; accessToken=${accessToken}` },
      '/authentication/renew',
    ),
  ).toEqual({ ...known, kind: 'refresh' })
  expect(carried({ authorization: 'Bearer foreign' })).toEqual({
    kind: 'unknown',
    userId: null,
    email: null,
    generation: 0,
    session: 0,
    state: 'unknown',
  })
  expect(carried({ cookie: 'theme=dark' })).toBe(undefined)
})

test('a reset forgets tokens and new passwords; a fork goes its own way', async () => {
  const { call, login, statusOf, userId, world, worlds } = setup()
  const { accessToken } = await login()
  const fork = worlds.fork('fork', world)
  revokeTokens(fork, userId())
  expect(await statusOf(accessToken)).toBe(200)
  expect(listTokens(fork, userId()).map(({ state }) => state)).toEqual(['revoked', 'revoked'])
  await call('POST /authentication/local/change-password', {
    auth: accessToken,
    json: { newPassword: 'next' },
  })
  world.reset()
  expect(listTokens(world)).toEqual([])
  expect((await login('ann@example.com', PASSWORD)).refreshToken.length).toBe(88)
})
