import { expect, test } from 'vitest'
import { claimsOf, PASSWORD, refusal, setup, tokensOf } from './test-backend.ts'

/** Renews with a JSON cookie while two users of one client have a session each. */
async function renewWith(cookie: (tokens: { first: string; second: string }) => unknown) {
  const { call, login, userId } = setup()
  await call('POST /authentication/local/new', {
    json: { email: 'bea@example.com', password: PASSWORD },
  })
  const first = (await login()).refreshToken
  const second = (await login('bea@example.com')).refreshToken
  const value = encodeURIComponent(JSON.stringify(cookie({ first, second })))
  const answer = await call('POST /authentication/renew', {
    headers: { cookie: `refreshToken=j:${value}` },
  })
  const renewed: unknown =
    answer.status === 200 ? claimsOf(tokensOf(answer).accessToken)['id'] : undefined
  const owner = renewed === userId() ? 'first' : 'second'
  return { status: answer.status, body: answer.body, owner }
}

test.each([
  ['the token', ({ second }: { second: string }) => second, 'second'],
  ['a list with the token', ({ second }: { second: string }) => ['x', second], 'second'],
  ['$in', ({ second }: { second: string }) => ({ $in: [second] }), 'second'],
  ['$eq', ({ second }: { second: string }) => ({ $eq: second }), 'second'],
  ['an empty object', () => ({}), 'first'],
  ['an empty list', () => [], 'first'],
  ['a list in a list', () => [[]], 'first'],
  ['another operator', () => ({ $ne: 'x' }), 'first'],
])('a refresh cookie that is JSON of %s renews', async (_what, cookie, owner) => {
  expect(await renewWith(cookie)).toMatchObject({ status: 200, owner })
})

test.each([
  [1, 'operator does not exist: character varying = integer'],
  [1.5, 'operator does not exist: character varying = numeric'],
  [true, 'operator does not exist: character varying = boolean'],
  [[true], 'operator does not exist: character varying = boolean'],
  [{ a: 1 }, 'Invalid value { a: 1 }'],
])('a refresh cookie that is JSON of %j is PostgreSQL’s refusal', async (value, text) => {
  expect((await renewWith(() => value)).body).toEqual(refusal(500, text))
})

test.each([['x'], [['x', 'y']], [[null]], [{ $eq: 'x' }]])(
  'a refresh cookie that is JSON of %j names no token',
  async (value) => {
    expect((await renewWith(() => value)).body).toEqual(refusal(400, 'Refresh token not found'))
  },
)

test('an access cookie may be JSON of a token, and nothing else', async () => {
  const { call, login } = setup()
  const { accessToken } = await login()
  const status = async (json: unknown) => {
    const cookie = `accessToken=j:${encodeURIComponent(JSON.stringify(json))}`
    return (await call('GET /authentication/user', { headers: { cookie } })).status
  }
  expect(await status(accessToken)).toBe(200)
  expect(await status([accessToken])).toBe(401)
  expect(await status({})).toBe(401)
})
