import { createHmac } from 'node:crypto'
import jwt, { type SignOptions } from 'jsonwebtoken'
import { expect, test } from 'vitest'
import { type Call, refusal, setup } from './test-backend.ts'
import { patchUser } from './user-directory.ts'

const INVALID = 'Token is expired or otherwise not valid'
const REVOKED = 'Token has been revoked or there is a mismatch between the token and the client'
const MALFORMED = "'Authorization' header malformed"
const PREFIX = "The 'Authorization' header must be prefixed by 'Bearer '"

const user = 'GET /authentication/user'

/** What a request to an authenticated route answers; `<at>` and `<rt>` stand for the tokens of a login. */
async function answerTo(headers: Record<string, string>): Promise<unknown> {
  const { call, login } = setup()
  const { accessToken, refreshToken } = await login()
  const filled = Object.entries(headers).map(([name, value]) => [
    name,
    value.replace('<at>', accessToken).replace('<rt>', refreshToken),
  ])
  const { status, body } = await call(user, {
    headers: Object.fromEntries(filled) as Record<string, string>,
  })
  return status === 200 ? 'admitted' : body
}

test.each([
  ['no header', {}, refusal(401, "No 'Authorization' header or 'accessToken' cookie present")],
  ['an empty header', { authorization: '' }, refusal(401, INVALID)],
  ['only the scheme', { authorization: 'Bearer' }, refusal(401, MALFORMED)],
  ['two spaces', { authorization: 'Bearer  <at>' }, refusal(401, MALFORMED)],
  ['a tab', { authorization: 'Bearer\t<at>' }, refusal(401, MALFORMED)],
  ['no scheme', { authorization: '<at>' }, refusal(401, MALFORMED)],
  ['three parts', { authorization: 'Bearer <at> x' }, refusal(401, MALFORMED)],
  ['a lower-case scheme', { authorization: 'bearer <at>' }, refusal(401, PREFIX)],
  ['another scheme', { authorization: 'Basic dTpw' }, refusal(401, PREFIX)],
  ['garbage', { authorization: 'Bearer garbage' }, refusal(401, INVALID)],
  ['a refresh token', { authorization: 'Bearer <rt>' }, refusal(401, INVALID)],
  ['a token with a letter more', { authorization: 'Bearer <at>x' }, refusal(401, INVALID)],
  [
    'a bad header beside a good cookie',
    { authorization: 'Bearer garbage', cookie: 'accessToken=<at>' },
    refusal(401, INVALID),
  ],
  ['a good cookie', { cookie: 'accessToken=<at>' }, 'admitted'],
  [
    'an empty header beside a good cookie',
    { authorization: '', cookie: 'accessToken=<at>' },
    'admitted',
  ],
  ['a good header', { authorization: 'Bearer <at>' }, 'admitted'],
])('%s', async (_what, headers: Record<string, string>, expected) => {
  expect(await answerTo(headers)).toEqual(expected)
})

/** A token that the world did not make. */
function forged(
  claims: Record<string, unknown>,
  { secret = 'S3CR3T', ...options }: SignOptions & { secret?: string } = {},
): string {
  return jwt.sign(claims, secret, options)
}

const future = Date.UTC(2030, 0, 1) / 1000
const past = Date.UTC(2020, 0, 1) / 1000

test.each([
  [
    'signed with the right key, but never issued',
    { id: 'x', authorized: true, exp: future },
    {},
    REVOKED,
  ],
  ['without an end', { id: 'x', authorized: true }, {}, REVOKED],
  [
    'signed with HS512',
    { id: 'x', authorized: true, exp: future },
    { algorithm: 'HS512' } as const,
    REVOKED,
  ],
  ['not authorized', { id: 'x', authorized: false, exp: future }, {}, '2FA is required'],
  ['without the claim', { id: 'x', exp: future }, {}, '2FA is required'],
  ['not yet good', { id: 'x', authorized: true, nbf: future }, {}, INVALID],
  ['good since', { id: 'x', authorized: true, nbf: past }, {}, REVOKED],
  ['expired', { id: 'x', authorized: true, exp: past }, {}, INVALID],
  [
    'signed with another key',
    { id: 'x', authorized: true, exp: future },
    { secret: 'other' },
    INVALID,
  ],
])('a forged token %s is refused with the right text', async (_what, claims, options, message) => {
  const { call } = setup()
  expect((await call(user, { auth: forged(claims, options) })).body).toEqual(refusal(401, message))
})

test.each([
  ['a list', { typ: 'JWT' }, [], '2FA is required'],
  ['a number', { typ: 'JWT' }, 12, '2FA is required'],
  ['a number, untyped', {}, 12, INVALID],
  ['nothing', { typ: 'JWT' }, null, INVALID],
  ['a text', { typ: 'JWT' }, 'x', INVALID],
  ['untyped', {}, { authorized: true }, REVOKED],
  ['with an end that is a text', { typ: 'JWT' }, { authorized: true, exp: '2' }, INVALID],
  ['with an odd time of issue', { typ: 'JWT' }, { authorized: true, iat: 'x' }, REVOKED],
  ['with a critical header', { typ: 'JWT', crit: ['x'] }, { authorized: true }, REVOKED],
])('a well-signed token that holds %s is refused with the right text', async (...row) => {
  const [, header, payload, message] = row
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'HS256', ...header })}.${part(payload)}`
  const mac = createHmac('sha256', 'S3CR3T').update(signed).digest('base64url')
  const { call } = setup()
  expect((await call(user, { auth: `${signed}.${mac}` })).body).toEqual(refusal(401, message))
})

test('an unsigned token is refused', async () => {
  const { call } = setup()
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const token = `${part({ alg: 'none', typ: 'JWT' })}.${part({ id: 'x', authorized: true })}.`
  expect((await call(user, { auth: token })).body).toEqual(refusal(401, INVALID))
})

test('a signature whose unused last bits differ is no good signature', async () => {
  const { call } = setup()
  const token = forged({ id: 'x', authorized: true, exp: future })
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const twin = token.slice(0, -1) + (alphabet[alphabet.indexOf(token.slice(-1)) + 1] ?? '')
  expect((await call(user, { auth: twin })).body).toEqual(refusal(401, INVALID))
})

test('an access token dies in the second its claim says', async () => {
  const { login, statusOf, world } = setup({ accessTokens: { expiryPeriod: 2000 } })
  const { accessToken } = await login()
  world.clock.advance(1999)
  expect(await statusOf(accessToken)).toBe(200)
  world.clock.advance(1)
  expect(await statusOf(accessToken)).toBe(401)
})

test('a change of the secret makes every token invalid', async () => {
  const { call, login, world } = setup()
  const { accessToken } = await login()
  world.setConfig({ authentication: { accessTokens: { jwtSecret: 'other' } } })
  expect((await call(user, { auth: accessToken })).body).toEqual(refusal(401, INVALID))
})

test('a blocked or deleted user is refused with 403', async () => {
  const { call, login, userId, world } = setup()
  const { accessToken } = await login()
  const blocked = refusal(403, 'User is blocked or deleted')
  patchUser(world, userId(), { active: false })
  expect((await call(user, { auth: accessToken })).body).toEqual(blocked)
  world.store.table('User').delete(userId())
  expect((await call(user, { auth: accessToken })).body).toEqual(blocked)
})

test('optional authentication swallows every refusal', async () => {
  const { call } = setup()
  const json = { email: 'new@example.com', password: 'x' }
  expect((await call('POST /authentication/local/new', { json, auth: 'garbage' })).status).toBe(200)
})

test('with every strategy off the routes are gone', async () => {
  const { login } = setup()
  const request: Call = { auth: (await login()).accessToken }
  const off = setup({ local: { enabled: false } })
  const statuses = await Promise.all(
    [user, 'POST /authentication/local', 'POST /authentication/renew'].map(
      async (operation) => (await off.call(operation, request)).status,
    ),
  )
  expect(statuses).toEqual([404, 404, 404])
})
