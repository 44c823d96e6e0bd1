import { createPublicKey, createVerify, type KeyObject } from 'node:crypto'
import { requireUuid, uuidText } from '../database/sql-text.ts'
import { ConduitError } from '../wire/conduit-error.ts'
import type { RouteContext, RouteDef, Row } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { callerOf, requireUser } from './middleware.ts'
import {
  checkResendThreshold,
  createOneTime,
  dataOf,
  dropOneTime,
  findOneTimeOf,
  listOneTime,
} from './one-time-tokens.ts'
import { credentials } from './rate-limits.ts'
import { giveTokens } from './token-answer.ts'

const ENROLLING = 'REGISTER_BIOMETRICS_TOKEN'
const KEYS = 'BiometricToken'
/** Characters of PostgreSQL's column for a public key: an RSA key of 2048 bits does not fit. */
const KEY_LENGTH = 255

/** Login with a key pair of a device: on unless config says no. Source: A/handlers/biometric.ts:25-99. */
export function biometricRoutes({ config }: World): RouteDef[] {
  if (!config.authentication.biometricAuthentication.enabled) return []
  const text = { type: 'String', required: true }
  const path = '/authentication/biometrics'
  const middlewares = [requireUser]
  return [
    {
      method: 'POST',
      path,
      body: { encryptedData: text, keyId: text },
      rateLimit: credentials,
      handler: login,
    },
    {
      method: 'POST',
      path: `${path}/enroll`,
      body: { publicKey: text },
      middlewares,
      handler: enroll,
    },
    {
      method: 'POST',
      path: `${path}/enroll/verify`,
      body: { encryptedData: text },
      middlewares,
      handler: verifyEnrolment,
    },
  ]
}

/** The device signed the user's id. Source: A/handlers/biometric.ts:101-133. */
async function login({ world, params, clientId }: RouteContext): Promise<unknown> {
  requireUuid(params['keyId'])
  const key = world.store.table(KEYS).get(String(uuidText(params['keyId'])))
  if (!key) throw new ConduitError('INVALID_ARGUMENT', 'Key not found!')
  const user = world.store.table('User').get(String(key['user']))
  if (!user) throw new TypeError("Cannot read properties of null (reading '_id')")
  requireSignature(params, { publicKey: String(key['publicKey']), signed: user._id })
  return giveTokens(world, { user, clientId })
}

/** The key is not looked at yet. Source: A/handlers/biometric.ts:135-166. */
function enroll(context: RouteContext): { challenge: string } {
  const { world, params, clientId } = context
  const { _id: user } = callerOf(context)
  const before = findOneTimeOf(world, ENROLLING, user)
  if (before) checkResendThreshold(world, before)
  dropEnrolments(world, user)
  const challenge = world.ids.bytes(64).toString('hex')
  const data = { clientId, challenge, publicKey: params['publicKey'] }
  createOneTime(world, { type: ENROLLING, user, data })
  return { challenge }
}

/** One try: the challenge is gone, whatever comes of it. Source: A/handlers/biometric.ts:168-216. */
function verifyEnrolment(context: RouteContext): { keyId: string } {
  const { world, params, clientId } = context
  const { _id: user } = callerOf(context)
  const token = findOneTimeOf(world, ENROLLING, user)
  if (!token) throw new ConduitError('INVALID_ARGUMENT', 'Invalid token!')
  const data = dataOf(token)
  if (data['clientId'] !== clientId)
    throw new ConduitError('PERMISSION_DENIED', "Responding client doesn't match requesting!")
  dropEnrolments(world, user)
  const publicKey = String(data['publicKey'])
  requireSignature(params, { publicKey, signed: String(data['challenge']) })
  return { keyId: keepKey(world, { user, publicKey })._id }
}

function dropEnrolments(world: World, user: string): void {
  for (const token of listOneTime(world, ENROLLING, (row) => row['user'] === user))
    dropOneTime(world, token)
}

/** Throws for what is no key of this kind (500). */
function requireSignature(
  params: RouteContext['params'],
  { publicKey, signed }: { publicKey: string; signed: string },
): void {
  const verifier = createVerify('sha256WithRSAEncryption').update(signed)
  const key = readKey(publicKey)
  if (!verifier.verify(key, String(params['encryptedData']), 'base64'))
    throw new ConduitError('INVALID_ARGUMENT', 'Invalid signature!')
}

/** Conduit runs on Node 24, which has one text for whatever it cannot read; earlier ones show OpenSSL's. Source: A/Dockerfile. */
function readKey(publicKey: string): KeyObject {
  try {
    return createPublicKey({ key: publicKey, format: 'der', type: 'spki', encoding: 'base64' })
  } catch (error) {
    throw new Error('Failed to read asymmetric key', { cause: error })
  }
}

function keepKey(world: World, fields: { user: string; publicKey: string }): Row {
  if (Array.from(fields.publicKey).length > KEY_LENGTH)
    throw new Error('value too long for type character varying(255)')
  const now = new Date(world.clock.now()).toISOString()
  const row = { _id: world.ids.uuid(), ...fields, createdAt: now, updatedAt: now }
  world.store.table(KEYS).insert(row)
  return row
}
