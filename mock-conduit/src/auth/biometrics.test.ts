import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { refusal, setup, tokensOf } from './test-backend.ts'

const THRESHOLD_MS = 60_000

/** A device with a key pair; 1024 bits, as more do not fit the backend's column. */
function device(modulusLength = 1024) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength })
  return {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    sign: (text: string) => createSign('sha256').update(text).sign(privateKey, 'base64'),
  }
}

async function enrolling() {
  const backend = setup({ local: { verification: { resend_threshold: THRESHOLD_MS } } })
  const { accessToken: auth } = await backend.login()
  const post = (path: string, json: Record<string, unknown>) =>
    backend.call(`POST /authentication/biometrics${path}`, { json, auth })
  const enroll = async (publicKey: string): Promise<string> => {
    const { body } = await post('/enroll', { publicKey })
    return (body as { challenge: string }).challenge
  }
  return { ...backend, post, enroll }
}

test('a device enrolls and logs in with signatures', async () => {
  const { post, enroll, userId, statusOf } = await enrolling()
  const { publicKey, sign } = device()
  const challenge = await enroll(publicKey)
  expect(challenge).toMatch(/^[0-9a-f]{128}$/)
  const { body } = await post('/enroll/verify', { encryptedData: sign(challenge) })
  const { keyId } = body as { keyId: string }
  expect(Object.keys(body as object)).toEqual(['keyId'])
  const { accessToken } = tokensOf(await post('', { keyId, encryptedData: sign(userId()) }))
  expect(await statusOf(accessToken)).toBe(200)
  expect((await post('', { keyId, encryptedData: sign('x') })).body).toEqual(
    refusal(400, 'Invalid signature!'),
  )
})

test('what is refused', async () => {
  const { post, call, world } = await enrolling()
  expect((await post('', {})).status).toBe(400)
  expect((await post('', { encryptedData: 'x', keyId: 'zzz' })).body).toEqual(
    refusal(500, 'invalid input syntax for type uuid: "zzz"'),
  )
  expect((await post('', { encryptedData: 'x', keyId: randomUUID() })).body).toEqual(
    refusal(400, 'Key not found!'),
  )
  expect((await post('/enroll/verify', { encryptedData: 'x' })).body).toEqual(
    refusal(400, 'Invalid token!'),
  )
  const json = { publicKey: 'x' }
  expect((await call('POST /authentication/biometrics/enroll', { json })).status).toBe(401)
  world.setConfig({ authentication: { biometricAuthentication: { enabled: false } } })
  expect((await call('POST /authentication/biometrics/enroll', { json })).status).toBe(404)
})

test('a challenge is good for one try', async () => {
  const { post, enroll } = await enrolling()
  const { publicKey, sign } = device()
  const challenge = await enroll(publicKey)
  expect((await post('/enroll/verify', { encryptedData: sign('x') })).body).toEqual(
    refusal(400, 'Invalid signature!'),
  )
  expect((await post('/enroll/verify', { encryptedData: sign(challenge) })).body).toEqual(
    refusal(400, 'Invalid token!'),
  )
})

test('a second enrolment waits for the threshold and takes the place of the first', async () => {
  const { post, enroll, world } = await enrolling()
  const [one, two] = [device(), device()]
  await enroll(one.publicKey)
  expect((await post('/enroll', { publicKey: two.publicKey })).body).toEqual(
    refusal(500, 'Verification not sent. You have to wait 60 seconds to try again'),
  )
  world.clock.advance(THRESHOLD_MS)
  const challenge = await enroll(two.publicKey)
  expect((await post('/enroll/verify', { encryptedData: two.sign(challenge) })).status).toBe(200)
})

test('a key of 2048 bits does not fit the column, and what is no key is said so in one way', async () => {
  const { post, enroll, world } = await enrolling()
  const { publicKey, sign } = device(2048)
  const challenge = await enroll(publicKey)
  expect((await post('/enroll/verify', { encryptedData: sign(challenge) })).body).toEqual(
    refusal(500, 'value too long for type character varying(255)'),
  )
  for (const none of ['eA==', 'no key at all', publicKey.slice(0, 40)]) {
    world.clock.advance(THRESHOLD_MS)
    await enroll(none)
    expect((await post('/enroll/verify', { encryptedData: 'x' })).body).toEqual(
      refusal(500, 'Failed to read asymmetric key'),
    )
  }
})
