import { expect, test } from 'vitest'
import { PASSWORD, refusal, setup, tokensOf } from './test-backend.ts'

const ios = { clientid: 'ios', clientsecret: 'i' }
const android = { clientid: 'android', clientsecret: 'a' }

/** Statuses of `GET /authentication/user` for ios' token, then for android's, after both logged in, ios first. */
async function twoClients(rules: { multipleUserSessions: boolean; multipleClientLogins: boolean }) {
  const backend = setup({ clients: rules })
  const { call, login, world } = backend
  world.definition.clients.push(
    { platform: 'IOS', id: 'ios', secret: 'i' },
    { platform: 'ANDROID', id: 'android', secret: 'a' },
  )
  world.setConfig({ router: { security: { clientValidation: true } } })
  const [first, second] = [
    await login(undefined, undefined, ios),
    await login(undefined, undefined, android),
  ]
  const status = async (auth: string, headers: Record<string, string>) =>
    (await call('GET /authentication/user', { auth, headers })).status
  return {
    ...backend,
    first,
    second,
    statuses: async () => [
      await status(first.accessToken, ios),
      await status(second.accessToken, android),
    ],
  }
}

test.each([
  [false, true, [200, 200]],
  [false, false, [401, 200]],
  [true, true, [200, 200]],
  [true, false, [401, 200]],
])(
  'multipleUserSessions %s, multipleClientLogins %s: two clients end as %j',
  async (multipleUserSessions, multipleClientLogins, expected) => {
    const { statuses } = await twoClients({ multipleUserSessions, multipleClientLogins })
    expect(await statuses()).toEqual(expected)
  },
)

test('a second login on one client ends the first there', async () => {
  const { login, statuses } = await twoClients({
    multipleUserSessions: false,
    multipleClientLogins: true,
  })
  await login(undefined, undefined, ios)
  expect(await statuses()).toEqual([401, 200])
})

test('several sessions may live on one client', async () => {
  const { login, statuses } = await twoClients({
    multipleUserSessions: true,
    multipleClientLogins: true,
  })
  await login(undefined, undefined, ios)
  expect(await statuses()).toEqual([200, 200])
})

test('logout on one client leaves the other', async () => {
  const { call, second, statuses } = await twoClients({
    multipleUserSessions: false,
    multipleClientLogins: true,
  })
  expect(
    (await call('POST /authentication/logout', { auth: second.accessToken, headers: android }))
      .body,
  ).toEqual({ result: 'LoggedOut' })
  expect(await statuses()).toEqual([200, 401])
})

test('tokens are bound to their client', async () => {
  const { call, first } = await twoClients({
    multipleUserSessions: true,
    multipleClientLogins: true,
  })
  const abroad = (operation: string, auth: string) => call(operation, { auth, headers: android })
  expect((await abroad('GET /authentication/user', first.accessToken)).body).toEqual(
    refusal(401, 'Token has been revoked or there is a mismatch between the token and the client'),
  )
  expect((await abroad('POST /authentication/renew', first.refreshToken)).body).toEqual(
    refusal(400, 'Refresh token not found'),
  )
})

test('without security clients a second login ends the first, access and refresh', async () => {
  const { login, renew, statusOf } = setup()
  const first = await login()
  await login()
  expect(await statusOf(first.accessToken)).toBe(401)
  expect((await renew(first.refreshToken)).status).toBe(400)
})

test('independent sessions: renew and logout touch only their own', async () => {
  const { call, login, renew, statusOf } = setup({ clients: { multipleUserSessions: true } })
  const [a, b] = [await login(), await login()]
  const renewed = tokensOf(await renew(a.refreshToken))
  expect(await statusOf(b.accessToken)).toBe(200)
  await call('POST /authentication/logout', { auth: renewed.accessToken })
  expect([await statusOf(renewed.accessToken), (await renew(renewed.refreshToken)).status]).toEqual(
    [401, 400],
  )
  expect([await statusOf(b.accessToken), (await renew(b.refreshToken)).status]).toEqual([200, 200])
})

test('of two logins that gave one string, a logout ends one; the twin stays good', async () => {
  const { call, login, renew, statusOf } = setup(
    { clients: { multipleUserSessions: true } },
    { distinctTokens: false },
  )
  const [a, b] = [await login(), await login()]
  expect(a.accessToken).toBe(b.accessToken)
  await call('POST /authentication/logout', { auth: a.accessToken })
  expect(await statusOf(b.accessToken)).toBe(200)
  expect([(await renew(a.refreshToken)).status, (await renew(b.refreshToken)).status]).toEqual([
    400, 200,
  ])
})

test('one cannot log out with an expired access token, and its refresh token lives on', async () => {
  const { call, login, renew, world } = setup({ accessTokens: { expiryPeriod: 1000 } })
  const { accessToken, refreshToken } = await login()
  world.clock.advance(1000)
  expect((await call('POST /authentication/logout', { auth: accessToken })).body).toEqual(
    refusal(401, 'Token is expired or otherwise not valid'),
  )
  expect((await renew(refreshToken)).status).toBe(200)
})

test('cookies carry the tokens in place of the body, and live a thousandth of them', async () => {
  const { call, login } = setup()
  await login()
  const both = setup({ accessTokens: { setCookie: true }, refreshTokens: { setCookie: true } })
  const { body, headers } = await both.call('POST /authentication/local', {
    json: { email: 'ann@example.com', password: 'correct horse battery 1' },
  })
  expect(body).toEqual({})
  const cookies = headers.getSetCookie().map((cookie) => cookie.replace(/=[^;]*/, '='))
  expect(cookies).toEqual([
    'accessToken=; Max-Age=3; Path=/; Expires=Thu, 01 Jan 2026 00:00:03 GMT; HttpOnly; SameSite=Lax',
    'refreshToken=; Max-Age=604; Path=/; Expires=Thu, 01 Jan 2026 00:10:04 GMT; HttpOnly; SameSite=Lax',
  ])
  expect((await call('GET /authentication/user')).status).toBe(401)
})

test('a renew by cookie sets both cookies again; a logout clears them, refresh first', async () => {
  const { call } = setup({ accessTokens: { setCookie: true }, refreshTokens: { setCookie: true } })
  const jar = (headers: Headers) =>
    headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0] ?? '')
      .join('; ')
  const login = await call('POST /authentication/local', {
    json: { email: 'ann@example.com', password: 'correct horse battery 1' },
  })
  const renewed = await call('POST /authentication/renew', {
    headers: { cookie: jar(login.headers) },
  })
  expect(renewed).toMatchObject({ status: 200, body: {} })
  const logout = await call('POST /authentication/logout', {
    headers: { cookie: jar(renewed.headers) },
  })
  expect(logout.body).toEqual({ result: 'LoggedOut' })
  expect(logout.headers.getSetCookie()).toEqual([
    'refreshToken=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax',
    'accessToken=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax',
  ])
})

test('only the access token as a cookie leaves the refresh token in the body', async () => {
  const { call, renew } = setup({ accessTokens: { setCookie: true } })
  const { body, headers } = await call('POST /authentication/local', {
    json: { email: 'ann@example.com', password: 'correct horse battery 1' },
  })
  expect(body).toEqual({ refreshToken: expect.stringMatching(/^.{86}==$/) as string })
  expect(headers.getSetCookie().length).toBe(1)
  expect((await renew((body as { refreshToken: string }).refreshToken)).status).toBe(200)
})

test.each([{ signed: true }, { sameSite: 'Sometimes' }])(
  'cookies that express cannot write (%o) are 500, with the session begun all the same',
  async (cookieOptions) => {
    const { call, statusOf, login, world } = setup()
    const { accessToken } = await login()
    world.setConfig({ authentication: { accessTokens: { setCookie: true, cookieOptions } } })
    expect(
      await call('POST /authentication/local', {
        json: { email: 'ann@example.com', password: PASSWORD },
      }),
    ).toMatchObject({ status: 500, body: refusal(500, 'Something went wrong') })
    expect(await statusOf(accessToken)).toBe(401)
  },
)
