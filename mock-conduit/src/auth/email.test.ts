import { expect, test } from 'vitest'
import { OUTBOX } from '../world/outbox.ts'
import type { World } from '../world/world.ts'
import { PASSWORD, refusal, setup } from './test-backend.ts'

const ann = 'ann@example.com'

function outbox(world: World) {
  return world.part(OUTBOX).messages()
}

/** The last part of the link in the last mail. */
function mailedToken(world: World): string {
  const link = outbox(world).at(-1)?.variables['link']
  return typeof link === 'string' ? (link.split(/[/=]/).at(-1) ?? '') : ''
}

const post = (path: string, json: unknown, auth?: string) =>
  [`POST /authentication/${path}`, { json, auth }] as const

test.each([
  [
    'the old address',
    'ANN@example.com',
    refusal(400, 'The new email can not be the same as the old email'),
  ],
  ['a taken one', 'bob@example.com', refusal(500, 'Email address already taken')],
  ['none at all', 'nope', refusal(400, 'Invalid email address provided')],
  [
    'the anonymous domain',
    'x@anonymous.com',
    refusal(400, 'This email address is not allowed', 'EMAIL_NOT_ALLOWED'),
  ],
])('change-email refuses %s', async (_what, newEmail, expected) => {
  const { call, login } = setup()
  await call(...post('local/new', { email: 'bob@example.com', password: 'x' }))
  expect(
    (await call(...post('local/change-email', { newEmail }, (await login()).accessToken))).body,
  ).toEqual(expected)
})

test('without verification an address changes at once, and logs in', async () => {
  const { call, login } = setup()
  const { accessToken } = await login()
  expect(
    (await call(...post('local/change-email', { newEmail: 'Nan@example.com' }, accessToken))).body,
  ).toEqual({ result: 'Email changed successfully' })
  expect((await call(...post('local', { email: ann, password: PASSWORD }))).status).toBe(401)
  expect((await login('nan@example.com')).refreshToken.length).toBe(88)
})

test('with verification an address changes by the mailed link', async () => {
  const { call, login, world } = setup(
    { local: { verification: { send_email: true } } },
    { email: true },
  )
  const { accessToken } = await login()
  world.setConfig({
    authentication: { local: { verification: { required: true, send_email: true } } },
  })
  expect(
    (await call(...post('local/change-email', { newEmail: 'nan@example.com' }, accessToken))).body,
  ).toEqual({ result: 'Verification code sent' })
  const link = `GET /hook/authentication/verify-change-email/${mailedToken(world)}`
  expect(outbox(world).at(-1)).toMatchObject({
    to: 'nan@example.com',
    template: 'ChangeEmailVerification',
  })
  expect((await call(link)).body).toEqual({ result: 'Email changed successfully' })
  expect((await call(link)).body).toEqual(refusal(404, 'Change email token does not exist'))
  expect((await call('GET /authentication/user', { auth: accessToken })).body).toMatchObject({
    email: 'nan@example.com',
  })
})

const required = { local: { verification: { required: true, send_email: true } } }

test('a mailed link verifies, and answers 500 each time', async () => {
  const { call, world } = setup(required, { email: true })
  const json = { email: 'new@example.com', password: 'x' }
  await call(...post('local/new', json))
  expect((await call(...post('local', json))).body).toEqual(
    refusal(403, 'You must verify your account to login'),
  )
  const link = `GET /hook/authentication/verify-email/${mailedToken(world)}`
  const failed = refusal(500, "Invalid value { email: 'new@example.com' }")
  expect((await call(link)).body).toEqual(failed)
  expect((await call(...post('local', json))).status).toBe(200)
  expect((await call(link)).body).toEqual(failed)
})

test('a registration is mailed only if the address that it wants to be led to is allowed', async () => {
  const { call, world } = setup(
    { ...required, redirectUris: { whitelistedUris: ['https://app.test/in'] } },
    { email: true },
  )
  await call(
    ...post('local/new', {
      email: 'new@example.com',
      password: 'x',
      redirectUri: 'https://app.test/in',
    }),
  )
  await call(
    ...post('local/new', {
      email: 'other@example.com',
      password: 'x',
      redirectUri: 'https://evil.test',
    }),
  )
  expect(outbox(world).length).toBe(1)
})

test('a mailed code verifies within two minutes, after a resend past the threshold', async () => {
  const { call, world } = setup(
    { local: { verification: { ...required.local.verification, method: 'code' } } },
    { email: true },
  )
  const email = 'new@example.com'
  await call(...post('local/new', { email, password: 'x' }))
  expect((await call(...post('local/resend-verification', { email }))).body).toEqual(
    refusal(500, 'Verification not sent. You have to wait 60 seconds to try again'),
  )
  world.clock.advance(120_000)
  const old = String(outbox(world).at(-1)?.variables['code'])
  expect((await call(...post('local/verify-email', { email, code: old }))).body).toEqual(
    refusal(400, 'Invalid verification code'),
  )
  expect((await call(...post('local/resend-verification', { email }))).body).toEqual({
    result: 'Verification code sent',
  })
  const code = String(outbox(world).at(-1)?.variables['code'])
  expect((await call(...post('local/verify-email', { email, code }))).body).toEqual({
    result: 'OK',
  })
  expect((await call(...post('local', { email, password: 'x' }))).status).toBe(200)
  expect((await call(...post('local/verify-email', { email, code }))).body).toEqual(
    refusal(500, 'User already verified'),
  )
})

test('a forgotten password is reset by mail; every session ends', async () => {
  const { call, login, statusOf, world } = setup({}, { email: true })
  const { accessToken } = await login()
  const sent = {
    result: 'If the email address is valid, a password reset link will be sent to it.',
  }
  expect((await call(...post('forgot-password', { email: 'nobody@example.com' }))).body).toEqual(
    sent,
  )
  expect((await call(...post('forgot-password', { email: ann }))).body).toEqual(sent)
  expect(outbox(world).map(({ to, template }) => [to, template])).toEqual([[ann, 'ForgotPassword']])
  const passwordResetToken = mailedToken(world)
  expect(
    (await call(...post('reset-password', { passwordResetToken, password: PASSWORD }))).body,
  ).toEqual(refusal(403, "Password can't be the same as the old one"))
  expect(
    (await call(...post('reset-password', { passwordResetToken, password: 'next' }))).body,
  ).toEqual({ result: 'Password reset successful' })
  expect(await statusOf(accessToken)).toBe(401)
  expect((await login(ann, 'next')).refreshToken.length).toBe(88)
  expect(
    (await call(...post('reset-password', { passwordResetToken, password: 'x' }))).body,
  ).toEqual(refusal(400, 'Invalid parameters'))
})

test('a second mail within a minute is refused', async () => {
  const { call, world } = setup({}, { email: true })
  await call(...post('forgot-password', { email: ann }))
  world.clock.advance(12_345)
  expect((await call(...post('forgot-password', { email: ann }))).body).toEqual(
    refusal(500, 'Verification not sent. You have to wait 48 seconds to try again'),
  )
})

test('forgot-password does not exist without an e-mail module', async () => {
  const { call } = setup()
  expect((await call(...post('forgot-password', { email: ann }))).status).toBe(404)
})
