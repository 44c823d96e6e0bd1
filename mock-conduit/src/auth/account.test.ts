import { expect, test } from 'vitest'
import { PASSWORD, refusal, setup, tokensOf } from './test-backend.ts'
import { isFields } from '../is-object.ts'

const ann = 'ann@example.com'

const post = (path: string, json: unknown, auth?: string) =>
  [`POST /authentication/${path}`, { json, auth }] as const

test('a registration answers the user with all its nulls, and no tokens', async () => {
  const { call, userId, world } = setup()
  const at = new Date(world.clock.now()).toISOString()
  const { body } = await call(
    ...post('local/new', { email: 'NEW@example.com', password: '', role: 'admin' }),
  )
  const nobody = { id: null, token: null, tokenExpires: null, data: null }
  expect(body).toEqual({
    user: {
      _id: userId('new@example.com'),
      email: 'new@example.com',
      username: null,
      active: true,
      isVerified: false,
      hasTwoFA: false,
      isAnonymous: null,
      twoFaMethod: null,
      phoneNumber: null,
      createdAt: at,
      updatedAt: at,
      metamask: { ethPublicAddress: null, nonce: null },
      apple: nobody,
      bitbucket: nobody,
      facebook: nobody,
      figma: nobody,
      github: nobody,
      gitlab: nobody,
      google: nobody,
      linkedin: nobody,
      microsoft: nobody,
      reddit: nobody,
      slack: nobody,
      twitch: nobody,
      twitter: nobody,
    },
  })
})

test.each([
  [
    'a taken address, whatever its case',
    { email: 'ANN@example.com' },
    refusal(500, 'User already exists', 'USER_EXISTS'),
  ],
  ['spaces around', { email: ' x@example.com ' }, refusal(400, 'Invalid email address provided')],
  ['no top-level domain', { email: 'x@example' }, refusal(400, 'Invalid email address provided')],
  [
    'the anonymous domain',
    { email: 'x@anonymous.com' },
    refusal(400, 'This email address is not allowed', 'EMAIL_NOT_ALLOWED'),
  ],
  [
    'userData over the schema',
    { email: 'x@example.com', userData: { active: false } },
    refusal(400, 'User data cannot overwrite User schema fields'),
  ],
])('registration refuses %s', async (_what, fields, expected) => {
  const { call } = setup()
  expect((await call(...post('local/new', { password: 'x', ...fields }))).body).toEqual(expected)
})

test('restrictions on addresses are opt-in', async () => {
  const emailRestrictions = {
    enabled: true,
    blockedDomains: ['evil.com'],
    allowedAddresses: ['good@evil.com'],
  }
  const { call } = setup({ emailRestrictions })
  const statusFor = async (email: string) =>
    (await call(...post('local/new', { email, password: 'x' }))).status
  expect(
    await Promise.all(
      [
        'a+b@example.com',
        'x@sub.evil.com',
        'good@evil.com',
        'x@mailinator.com',
        'x@sub.mailinator.com',
        'x@maildrop.cc',
        'x@sub.maildrop.cc',
        'x@0-mail.com',
        'x@a.b.0x01.gq',
        'x@example.com',
      ].map(statusFor),
    ),
  ).toEqual([400, 400, 200, 400, 400, 400, 200, 400, 400, 200])
})

test('strict: of two registrations at once one is refused; racy: both make a user', async () => {
  for (const [rotation, expected] of [
    ['strict', [200, 500]],
    ['racy', [200, 200]],
  ] as const) {
    const { call } = setup({}, { rotation })
    const register = async () =>
      (await call(...post('local/new', { email: 'x@example.com', password: 'x' }))).status
    expect((await Promise.all([register(), register()])).sort()).toEqual(expected)
  }
})

test('an address longer than its column is refused as PostgreSQL refuses it', async () => {
  const { call } = setup()
  const address = (length: number) => `${'x'.repeat(length - '@example.com'.length)}@example.com`
  const register = (length: number) =>
    call(...post('local/new', { email: address(length), password: 'x' }))
  expect((await register(256)).body).toEqual(
    refusal(500, 'value too long for type character varying(255)'),
  )
  expect((await register(255)).status).toBe(200)
})

test('also when a user changes to it', async () => {
  const { call, login } = setup()
  const { accessToken: auth } = await login()
  const newEmail = `${'x'.repeat(256)}@example.com`
  expect(
    (await call('POST /authentication/local/change-email', { auth, json: { newEmail } })).body,
  ).toEqual(refusal(500, 'value too long for type character varying(255)'))
})

test('a login looks at 72 bytes of the password', async () => {
  const { call } = setup()
  await call(...post('local/new', { email: 'long@example.com', password: 'a'.repeat(100) }))
  const status = async (length: number) =>
    (await call(...post('local', { email: 'long@example.com', password: 'a'.repeat(length) })))
      .status
  expect([await status(72), await status(71)]).toEqual([200, 401])
})

test('no answer holds a password or its hash', async () => {
  const { call, login } = setup()
  const { accessToken } = await login()
  const { body } = await call('PATCH /authentication/user', {
    auth: accessToken,
    json: { userData: { nickname: 'n' } },
  })
  expect(body).toMatchObject({ email: ann, apple_id: null, metamask_nonce: null })
  expect(
    Object.keys(isFields(body) ? body : {}).filter((key) => /password|^apple$/i.test(key)),
  ).toEqual([])
})

test('userData fills what the User schema was extended by', async () => {
  const fields = { nickname: 'String', age: { type: 'Number', default: 18 } }
  const { call, login } = setup({}, {}, [{ schemaName: 'User', extension: { fields } }])
  const userData = { nickname: 'Al', shoe: 42 }
  await call(...post('local/new', { email: 'al@example.com', password: 'x', userData }))
  const { accessToken } = await login('al@example.com', 'x')
  const { body } = await call('GET /authentication/user', { auth: accessToken })
  expect(isFields(body) && [body['nickname'], body['age'], body['shoe']]).toEqual([
    'Al',
    18,
    undefined,
  ])
})

test('an anonymous user becomes a named one under the same id, and keeps its tokens', async () => {
  const { call, login, statusOf, world } = setup({ anonymousUsers: { enabled: true } })
  const { accessToken } = tokensOf(await call(...post('local/new/anonymous', {})))
  expect(
    (await call(...post('local/change-password', { newPassword: 'x' }, accessToken))).body,
  ).toEqual(refusal(403, 'Anonymous users are not allowed to perform this action.'))
  const before = world.store.table('User').size
  expect(
    await call(...post('local/new', { email: 'named@example.com', password: 'x' }, accessToken)),
  ).toMatchObject({
    status: 200,
    body: { user: { email: 'named@example.com', isAnonymous: false, github_id: null } },
  })
  expect(world.store.table('User').size).toBe(before)
  expect(await statusOf(accessToken)).toBe(200)
  expect((await login('named@example.com', 'x')).refreshToken.length).toBe(88)
})

test('an anonymous user meets 500 once the feature is off', async () => {
  const { call, world } = setup({ anonymousUsers: { enabled: true } })
  const { accessToken } = tokensOf(await call(...post('local/new/anonymous', {})))
  world.setConfig({ authentication: { anonymousUsers: { enabled: false } } })
  expect(
    (await call(...post('local/new', { email: 'x@example.com', password: 'x' }, accessToken))).body,
  ).toEqual(refusal(500, 'Anonymous users configuration is disabled.'))
})

test('a changed password takes effect; sessions stay', async () => {
  const { call, login, statusOf } = setup()
  const { accessToken } = await login()
  expect(
    (await call(...post('local/change-password', { newPassword: 'next' }, accessToken))).body,
  ).toEqual({ result: 'Password changed successfully' })
  expect(await statusOf(accessToken)).toBe(200)
  expect((await call(...post('local', { email: ann, password: PASSWORD }))).body).toEqual(
    refusal(401, 'Invalid login credentials'),
  )
  expect((await login(ann, 'next')).refreshToken.length).toBe(88)
})

test.each(['local/change-password', 'local/change-email'])(
  '%s needs a token of a login',
  async (path) => {
    const { call, login, renew } = setup()
    const { accessToken } = tokensOf(await renew((await login()).refreshToken))
    const json = { newPassword: 'x', newEmail: 'x@example.com' }
    expect((await call(...post(path, json, accessToken))).body).toEqual(
      refusal(403, 'Re-login required to enter sudo mode'),
    )
  },
)

test('a deleted user is gone with all tokens, and the address is free', async () => {
  const { call, login, renew, statusOf } = setup()
  const { accessToken, refreshToken } = await login()
  expect((await call('DELETE /authentication/user', { auth: accessToken })).body).toEqual({
    result: 'LoggedOut',
  })
  expect([await statusOf(accessToken), (await renew(refreshToken)).status]).toEqual([401, 400])
  expect((await call(...post('local', { email: ann, password: PASSWORD }))).status).toBe(401)
  expect((await call(...post('local/new', { email: ann, password: 'x' }))).status).toBe(200)
})

test('another session of a deleted user meets 403', async () => {
  const { call, login, renew, statusOf } = setup({ clients: { multipleUserSessions: true } })
  const [one, two] = [await login(), await login()]
  await call('DELETE /authentication/user', { auth: one.accessToken })
  expect(await statusOf(two.accessToken)).toBe(403)
  expect((await renew(two.refreshToken)).body).toEqual(refusal(403, 'Invalid user'))
})

test('a user name logs in, in its exact case', async () => {
  const { call } = setup({ local: { username_auth_enabled: true } })
  const status = async (username: string) =>
    (await call(...post('username', { username, password: PASSWORD }))).status
  expect([await status('Ann'), await status('ann')]).toEqual([200, 401])
})

test('captcha: without security clients a missing token passes and a bad one does not', async () => {
  const { call, world } = setup({ captcha: { enabled: true, routes: { login: true } } })
  const login = async (captchaToken?: string) =>
    (await call(...post('local', { email: ann, password: PASSWORD, captchaToken }))).body
  expect(await login()).toEqual(refusal(500, 'Captcha is disabled.'))
  world.setConfig({
    router: { captcha: { enabled: true } },
    authentication: { captcha: { enabled: true, routes: { login: true } } },
  })
  expect(await login('robot')).toEqual(refusal(403, 'Can not verify captcha.'))
  expect(Object.keys((await login()) as object)).toEqual(['accessToken', 'refreshToken'])
})

test('routes that are not built answer 501 by name', async () => {
  const { call } = setup({ phoneAuthentication: { enabled: true } })
  expect(await call(...post('phone', {}))).toMatchObject({
    status: 501,
    body: { name: 'NOT_IMPLEMENTED' },
  })
})

test.each([
  ['local?email=a,b', 'call.request.params.email.toLowerCase is not a function'],
  ['local?password=a,b', 'data and hash must be strings'],
  ['local/new?email=a,b', 'call.request.params.email.toLowerCase is not a function'],
  [
    'local/new?email=new@example.com&password=a,b',
    'data must be a string or Buffer and salt must either be a salt string or a number of rounds',
  ],
])('a list in the query of %s overrides the body and is 500', async (path, message) => {
  const { call } = setup()
  const json = { email: 'ann@example.com', password: PASSWORD }
  expect(await call(...post(path, json))).toMatchObject({
    status: 500,
    body: refusal(500, message),
  })
})

test('a NUL and half a surrogate pair are kept as Sequelize writes them', async () => {
  const { call } = setup()
  const email = 'a\0@example.com'
  const { body } = await call(...post('local/new', { email, password: PASSWORD }))
  expect(body).toMatchObject({ user: { email: String.raw`a\0@example.com` } })
  const answer = await call(...post('local', { email, password: PASSWORD }))
  const auth = tokensOf(answer).accessToken
  await call(...post('local/change-email', { newEmail: 'c\ud800\0@example.com' }, auth))
  expect((await call('GET /authentication/user', { auth })).body).toMatchObject({
    email: String.raw`c�\0@example.com`,
  })
})
