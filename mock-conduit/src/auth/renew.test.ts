import { setImmediate as turn } from 'node:timers/promises'
import jwt from 'jsonwebtoken'
import { expect, test } from 'vitest'
import { RACE_WINDOW_MS } from './renew.ts'
import { TOKENS } from './token-store.ts'
import { claimsOf, PASSWORD, refusal, setup, tokensOf } from './test-backend.ts'

const NOT_FOUND = refusal(400, 'Refresh token not found')
const REVOKED = refusal(
  401,
  'Token has been revoked or there is a mismatch between the token and the client',
)

test('a login gives a JWT with Conduit’s header and claims, in their order', async () => {
  const { login, userId, world } = setup()
  const { accessToken, refreshToken } = await login()
  const iat = world.clock.now() / 1000
  expect(jwt.decode(accessToken, { complete: true })?.header).toEqual({ alg: 'HS256', typ: 'JWT' })
  expect(JSON.stringify(claimsOf(accessToken))).toBe(
    JSON.stringify({ id: userId(), authorized: true, sudo: true, iat, exp: iat + 3600 }),
  )
  expect(Buffer.from(refreshToken, 'base64').length).toBe(64)
  expect(refreshToken.length).toBe(88)
})

test('a renew ends the old pair; the new one works, without sudo', async () => {
  const { call, login, renew, statusOf } = setup()
  const old = await login()
  const fresh = tokensOf(await renew(old.refreshToken))
  expect(await call('GET /authentication/user', { auth: old.accessToken })).toMatchObject({
    status: 401,
    body: REVOKED,
  })
  expect(await statusOf(fresh.accessToken)).toBe(200)
  expect(await renew(old.refreshToken)).toMatchObject({ status: 400, body: NOT_FOUND })
  expect(claimsOf(fresh.accessToken)['sudo']).toBe(false)
})

test('strict: of five renews at once one succeeds, and its tokens live', async () => {
  const { login, renew, statusOf, world, userId } = setup()
  const { refreshToken } = await login()
  const answers = await Promise.all(Array.from({ length: 5 }, () => renew(refreshToken)))
  const winners = answers.filter(({ status }) => status === 200)
  const losers = answers.filter(({ status }) => status !== 200)
  expect(losers.map(({ body }) => body)).toEqual(Array(4).fill(NOT_FOUND))
  expect(
    await Promise.all(winners.map((winner) => statusOf(tokensOf(winner).accessToken))),
  ).toEqual([200])
  expect(world.part(TOKENS).user(userId())).toMatchObject({
    renews: 1,
    reuses: 4,
    generation: 2,
    sessions: 1,
  })
})

test('strict: a replayed token does not hurt the session', async () => {
  const { login, renew, statusOf } = setup()
  const old = await login()
  const fresh = tokensOf(await renew(old.refreshToken))
  await renew(old.refreshToken)
  expect(await statusOf(fresh.accessToken)).toBe(200)
})

test('racy: five renews at once all succeed with one access token string, and all pairs live', async () => {
  const { login, renew, statusOf, userId, world } = setup(
    {},
    { rotation: 'racy', distinctTokens: false },
  )
  const { refreshToken } = await login()
  const answers = await Promise.all(Array.from({ length: 5 }, () => renew(refreshToken)))
  const pairs = answers.map(tokensOf)
  expect(new Set(pairs.map(({ accessToken }) => accessToken)).size).toBe(1)
  expect(new Set(pairs.map((pair) => pair.refreshToken)).size).toBe(5)
  expect(await Promise.all(pairs.map(({ accessToken }) => statusOf(accessToken)))).toEqual(
    Array(5).fill(200),
  )
  expect(world.part(TOKENS).liveOf(userId()).length).toBe(10)
})

test('racy: the next renew of one racer ends the others', async () => {
  const { login, renew } = setup({}, { rotation: 'racy' })
  const { refreshToken } = await login()
  const [a, b] = (await Promise.all([renew(refreshToken), renew(refreshToken)])).map(tokensOf)
  expect((await renew(a?.refreshToken ?? '')).status).toBe(200)
  expect(await renew(b?.refreshToken ?? '')).toMatchObject({ status: 400, body: NOT_FOUND })
})

test('racy: a renew that arrives after the first was answered is refused', async () => {
  const { login, renew } = setup({}, { rotation: 'racy' })
  const { refreshToken } = await login()
  expect((await renew(refreshToken)).status).toBe(200)
  expect(await renew(refreshToken)).toMatchObject({ status: 400, body: NOT_FOUND })
})

test('racy: a process that was kept from running for longer than the window still lets the waiting renews meet', async () => {
  const { login, renew } = setup({}, { rotation: 'racy' })
  const { refreshToken } = await login()
  const first = renew(refreshToken)
  await turn()
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * RACE_WINDOW_MS)
  await turn()
  const second = renew(refreshToken)
  expect([(await first).status, (await second).status]).toEqual([200, 200])
})

test('racy: a renewed session survives a logout at the same moment, whichever comes first', async () => {
  for (const logoutFirst of [true, false]) {
    const { call, login, renew, statusOf } = setup({}, { rotation: 'racy' })
    const { accessToken, refreshToken } = await login()
    const logout = () => call('POST /authentication/logout', { auth: accessToken })
    const first = logoutFirst ? logout() : renew(refreshToken)
    const second = logoutFirst ? renew(refreshToken) : logout()
    const [one, two] = await Promise.all([first, second])
    expect([one.status, two.status]).toEqual([200, 200])
    expect(await statusOf(tokensOf(logoutFirst ? two : one).accessToken)).toBe(200)
    expect(await statusOf(accessToken)).toBe(401)
  }
})

test('family: a replayed token ends its session', async () => {
  const { login, renew, statusOf } = setup({}, { rotation: 'family' })
  const old = await login()
  const fresh = tokensOf(await renew(old.refreshToken))
  expect(await renew(old.refreshToken)).toMatchObject({ status: 400, body: NOT_FOUND })
  expect(await statusOf(fresh.accessToken)).toBe(401)
  expect((await renew(fresh.refreshToken)).status).toBe(400)
})

test('family: another session of the user stays', async () => {
  const { login, renew, statusOf } = setup(
    { clients: { multipleUserSessions: true } },
    { rotation: 'family' },
  )
  const old = await login()
  const other = await login()
  await renew(old.refreshToken)
  await renew(old.refreshToken)
  expect(await statusOf(other.accessToken)).toBe(200)
})

test('grace: the last token may be replayed once, for the same successor', async () => {
  const { login, renew } = setup({}, { rotation: 'grace' })
  const old = await login()
  const fresh = tokensOf(await renew(old.refreshToken))
  expect(tokensOf(await renew(old.refreshToken))).toEqual(fresh)
  expect(await renew(old.refreshToken)).toMatchObject({ status: 400, body: NOT_FOUND })
})

test('grace: a token before the last is refused', async () => {
  const { login, renew } = setup({}, { rotation: 'grace' })
  const first = await login()
  const second = tokensOf(await renew(first.refreshToken))
  await renew(second.refreshToken)
  expect(await renew(first.refreshToken)).toMatchObject({ status: 400, body: NOT_FOUND })
})

test('an expired refresh token says so until somebody renews, then it is unknown', async () => {
  const { call, login, renew, world } = setup({ refreshTokens: { expiryPeriod: 2000 } })
  const expired = await login()
  world.clock.advance(2001)
  expect(await renew(expired.refreshToken)).toMatchObject({
    status: 400,
    body: refusal(400, 'Token expired'),
  })
  await call('POST /authentication/local/new', {
    json: { email: 'bob@example.com', password: 'x' },
  })
  const bob = await login('bob@example.com', 'x')
  await renew(bob.refreshToken)
  expect(await renew(expired.refreshToken)).toMatchObject({ status: 400, body: NOT_FOUND })
})

test.each([
  ['nothing', {}],
  ['a token in the body', { json: { refreshToken: 'x' } }],
])('renew refuses %s with 401', async (_what, request) => {
  const { call } = setup()
  expect(await call('POST /authentication/renew', request)).toMatchObject({
    status: 401,
    body: refusal(401, "No 'Authorization' header or 'refreshToken' cookie present"),
  })
})

test('a trailing slash makes renew look for an access token', async () => {
  const { call, login, renew } = setup()
  const { refreshToken } = await login()
  expect(await call('POST /authentication/renew/', { auth: refreshToken })).toMatchObject({
    status: 401,
    body: refusal(401, 'Token is expired or otherwise not valid'),
  })
  expect((await renew(refreshToken)).status).toBe(200)
})

test('an access token is no refresh token', async () => {
  const { call, login } = setup()
  const { accessToken } = await login()
  expect(await call('POST /authentication/renew', { auth: accessToken })).toMatchObject({
    body: NOT_FOUND,
  })
})

test('without a token renew takes the first session that is there, whoever asks', async () => {
  const { call, login, renew } = setup()
  const first = await login()
  await call('POST /authentication/local/new', {
    json: { email: 'bob@example.com', password: 'x' },
  })
  const bob = await login('bob@example.com', 'x')
  const empty = { headers: { authorization: '' } }
  const taken = await call('POST /authentication/renew', empty)
  expect(await renew(first.refreshToken)).toMatchObject({ status: 400, body: NOT_FOUND })
  expect(await renew(tokensOf(taken).refreshToken)).toMatchObject({ status: 200 })
  const slashed = await call('POST /authentication/renew/', { auth: bob.accessToken })
  expect(slashed.status).toBe(200)
  expect(await call('GET /authentication/user', { auth: bob.accessToken })).toMatchObject({
    status: 401,
  })
  expect(
    await call('GET /authentication/user', { auth: tokensOf(slashed).accessToken }),
  ).toMatchObject({ body: { email: 'bob@example.com' } })
})

test('without a token and without any session renew finds nothing', async () => {
  const { call } = setup()
  expect(
    await call('POST /authentication/renew', { headers: { authorization: '' } }),
  ).toMatchObject({ status: 400, body: NOT_FOUND })
})

test('a blocked user cannot renew', async () => {
  const { login, renew, world, userId } = setup()
  const { refreshToken } = await login()
  const user = world.store.table('User').get(userId())
  if (user) world.store.table('User').replace({ ...user, active: false })
  expect(await renew(refreshToken)).toMatchObject({
    status: 403,
    body: refusal(403, 'User is blocked'),
  })
})

test('a life of access tokens that is no whole second makes login fail, after the old session ended', async () => {
  const { call, login, statusOf, world } = setup()
  const { accessToken } = await login()
  world.setConfig({ authentication: { accessTokens: { expiryPeriod: 1500 } } })
  expect(
    await call('POST /authentication/local', {
      json: { email: 'ann@example.com', password: 'correct horse battery 1' },
    }),
  ).toMatchObject({
    status: 500,
    body: refusal(
      500,
      '"expiresIn" should be a number of seconds or string representing a timespan',
    ),
  })
  expect(await statusOf(accessToken)).toBe(401)
})

test('with refresh tokens off a login gives an access token only, and renew does not exist', async () => {
  const { call, login } = setup({ refreshTokens: { enabled: false } })
  expect((await login()).refreshToken).toBe('')
  expect((await call('POST /authentication/renew', { auth: 'x' })).status).toBe(404)
})

test('padding makes access tokens long without hurting them', async () => {
  const { login, statusOf } = setup({}, { accessTokenPadding: 3000 })
  const { accessToken } = await login()
  expect(claimsOf(accessToken)['pad']).toBe('x'.repeat(3000))
  expect(await statusOf(accessToken)).toBe(200)
})

test('a third login of one second moves its iat, not its end', async () => {
  const { login, world } = setup()
  const tokens = [await login(), await login(), await login()]
  const second = world.clock.now() / 1000
  expect(
    tokens.map(({ accessToken }) => claimsOf(accessToken)).map(({ iat, exp }) => [iat, exp]),
  ).toEqual([
    [second, second + 3600],
    [second + 1, second + 3600],
    [second + 2, second + 3600],
  ])
})

test('distinctTokens off: two logins of one second give one access token', async () => {
  const { login } = setup({}, { distinctTokens: false })
  const [a, b] = [await login(), await login()]
  expect(a.accessToken).toBe(b.accessToken)
  expect(a.refreshToken === b.refreshToken).toBe(false)
})

test('without a secret a login is 500', async () => {
  const { call, world } = setup()
  world.setConfig({ authentication: { accessTokens: { jwtSecret: '' } } })
  const json = { email: 'ann@example.com', password: PASSWORD }
  expect((await call('POST /authentication/local', { json })).body).toEqual(
    refusal(500, 'secretOrPrivateKey must have a value'),
  )
})
