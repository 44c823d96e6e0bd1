import { Secret, TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import type { World } from '../world/world.ts'
import { require2fa } from './decrees.ts'
import { claimsOf, refusal, setup, tokensOf } from './test-backend.ts'
import { isFields } from '../is-object.ts'

const config = { twoFa: { enabled: true } }

/** The code that the user's authenticator app shows, `steps` of 30 seconds from now. */
function codeOf(world: World, userId: string, steps = 0): string {
  const secret = String(world.store.table('TwoFactorSecret').get(userId)?.['secret'])
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: world.clock.now() + steps * 30_000,
  })
}

async function enrolled() {
  const backend = setup(config)
  const { call, login, userId, world } = backend
  const { accessToken } = await login()
  await call('PUT /authentication/twoFa/enable', {
    auth: accessToken,
    json: { method: 'authenticator' },
  })
  await call('POST /authentication/twoFa/enable/verify', {
    auth: accessToken,
    json: { code: codeOf(world, userId()) },
  })
  world.clock.advance(60_000)
  return { ...backend, sudoToken: accessToken, code: (steps = 0) => codeOf(world, userId(), steps) }
}

test('enabling answers the address of a QR picture and does not yet ask for codes', async () => {
  const { call, login, userId, world } = setup(config)
  const { accessToken } = await login()
  const { body } = await call('PUT /authentication/twoFa/enable', {
    auth: accessToken,
    json: { method: 'authenticator' },
  })
  const secret = String(world.store.table('TwoFactorSecret').get(userId())?.['secret'])
  expect(body).toEqual({
    result: `https://quickchart.io/chart?chs=166x166&chld=L|0&cht=qr&chl=otpauth://totp/Conduit%3Aann%40example.com%3Fsecret=${secret}%26issuer=Conduit`,
  })
  expect((await login()).refreshToken.length).toBe(88)
})

test.each([
  ['sms', 400, 'Method not valid'],
  ['carrier pigeon', 400, 'Method not valid'],
])('enabling refuses the method %s', async (method, status, message) => {
  const { call, login } = setup(config)
  const { accessToken } = await login()
  expect(
    await call('PUT /authentication/twoFa/enable', { auth: accessToken, json: { method } }),
  ).toMatchObject({ status, body: refusal(status, message) })
})

test('a wrong code does not switch the second factor on', async () => {
  const { call, login, userId, world } = setup(config)
  const { accessToken } = await login()
  await call('PUT /authentication/twoFa/enable', {
    auth: accessToken,
    json: { method: 'authenticator' },
  })
  const late = codeOf(world, userId(), 1)
  expect(
    await call('POST /authentication/twoFa/enable/verify', {
      auth: accessToken,
      json: { code: late },
    }),
  ).toMatchObject({
    status: 400,
    body: refusal(400, 'Code is not correct'),
  })
  expect((await login()).refreshToken.length).toBe(88)
})

test('a login then gives half a token: no refresh token, not authorized, good for the second step only', async () => {
  const { call, login } = await enrolled()
  const { accessToken, refreshToken } = await login()
  expect(refreshToken).toBe('')
  expect(claimsOf(accessToken)).toMatchObject({ authorized: false, sudo: false })
  expect(await call('GET /authentication/user', { auth: accessToken })).toMatchObject({
    status: 401,
    body: refusal(401, '2FA is required'),
  })
  expect(await call('POST /authentication/twoFa/authorize', { auth: accessToken })).toMatchObject({
    status: 200,
    body: { method: 'authenticator', message: 'Use your authenticator app to get the code' },
  })
})

test('the right code gives a full pair with sudo and ends the half one', async () => {
  const { call, code, login, renew, statusOf } = await enrolled()
  const half = await login()
  const full = tokensOf(
    await call('POST /authentication/twoFa/verify', {
      auth: half.accessToken,
      json: { code: code() },
    }),
  )
  expect(claimsOf(full.accessToken)).toMatchObject({ authorized: true, sudo: true })
  expect(await statusOf(full.accessToken)).toBe(200)
  expect(await statusOf(half.accessToken)).toBe(401)
  expect(claimsOf(tokensOf(await renew(full.refreshToken)).accessToken)).toMatchObject({
    authorized: true,
    sudo: false,
  })
})

test('only the code of this half minute counts', async () => {
  const { call, code, login } = await enrolled()
  const { accessToken } = await login()
  for (const steps of [-1, 1])
    expect(
      await call('POST /authentication/twoFa/verify', {
        auth: accessToken,
        json: { code: code(steps) },
      }),
    ).toMatchObject({
      status: 400,
      body: refusal(400, 'Code is not correct'),
    })
})

test('disabling brings plain logins back', async () => {
  const { call, login, sudoToken } = await enrolled()
  expect(await call('PUT /authentication/twoFa/disable', { auth: sudoToken })).toMatchObject({
    status: 200,
    body: { result: '2FA disabled' },
  })
  expect((await login()).refreshToken.length).toBe(88)
})

test('backup codes are a bare array of ten; each recovers once', async () => {
  const { call, login, sudoToken, statusOf } = await enrolled()
  const { body } = await call('GET /authentication/twoFa/generate', { auth: sudoToken })
  const codes: unknown[] = Array.isArray(body) ? body : []
  expect(codes.map((code) => /^\d{4} \d{4}$/.test(String(code)))).toEqual(Array(10).fill(true))
  const recover = async () => {
    const { accessToken } = await login()
    return call('POST /authentication/twoFa/recover', {
      auth: accessToken,
      json: { code: String(codes[0]).replace(' ', '') },
    })
  }
  const first = await recover()
  expect(isFields(first.body) && first.body['message']).toBe('You have 9 back up codes left')
  expect(await statusOf(tokensOf(first).accessToken)).toBe(200)
  expect(await recover()).toMatchObject({ status: 401, body: refusal(401, 'Invalid code') })
})

test('recovering wants eight digits', async () => {
  const { call, login } = await enrolled()
  const { accessToken } = await login()
  expect(
    await call('POST /authentication/twoFa/recover', {
      auth: accessToken,
      json: { code: '1234 5678' },
    }),
  ).toMatchObject({
    status: 400,
    body: refusal(400, 'Incorrect code format'),
  })
})

test('a renewed token may not enable the second factor', async () => {
  const { call, login, renew } = setup(config)
  const { accessToken } = tokensOf(await renew((await login()).refreshToken))
  expect(
    await call('PUT /authentication/twoFa/enable', {
      auth: accessToken,
      json: { method: 'authenticator' },
    }),
  ).toMatchObject({
    status: 403,
    body: refusal(403, 'Re-login required to enter sudo mode'),
  })
})

test('a decreed second factor is lifted by passing it', async () => {
  const { call, code, login, statusOf, userId, world } = await enrolled()
  const half = await login()
  require2fa(world, userId())
  const full = tokensOf(
    await call('POST /authentication/twoFa/verify', {
      auth: half.accessToken,
      json: { code: code() },
    }),
  )
  expect(await statusOf(full.accessToken)).toBe(200)
})
