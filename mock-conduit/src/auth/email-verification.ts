import { inspect } from 'node:util'
import { createHash } from 'node:crypto'
import { ConduitError } from '../wire/conduit-error.ts'
import type { RouteContext, RouteDef, Row } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { checkAddressForm } from './email-address.ts'
import { hookLink, sendMail } from './mail.ts'
import {
  checkResendThreshold,
  createOneTime,
  dropKept,
  dropOneTime,
  findOneTime,
  findOneTimeOf,
  keep,
  kept,
  listOneTime,
} from './one-time-tokens.ts'
import { emailCode, emailHook, emailSend } from './rate-limits.ts'
import { allowedRedirect } from './redirect-uri.ts'
import { loweredParam } from './text-params.ts'
import { findUserBy, patchUser } from './user-directory.ts'

const CODE_LIFE_MS = 120_000

const codeKey = (email: string) => createHash('sha256').update(email).digest('hex')

/** Mails a verification link, or a four-digit code that holds two minutes. Source: A/handlers/local.ts:776-821. */
export function sendVerification(world: World, user: Row, redirectUri?: unknown): void {
  const email = String(user['email'])
  const data = { customRedirectUri: allowedRedirect(world, redirectUri) }
  const token = createOneTime(world, { type: 'VERIFICATION_TOKEN', user: user._id, data })
  if (world.config.authentication.local.verification.method === 'link') {
    sendMail(world, {
      to: email,
      template: 'EmailVerification',
      variables: { link: hookLink(world, 'verify-email', token), user },
    })
    return
  }
  const code = String(1000 + (world.ids.bytes(4).readUInt32BE() % 9000))
  sendMail(world, { to: email, template: 'EmailVerificationWithCode', variables: { code, user } })
  keep(world, codeKey(email), { value: code, lifeMs: CODE_LIFE_MS })
}

function findUnverified(world: World, email: string): Row {
  const user = findUserBy(world, 'email', email)
  if (!user) throw new ConduitError('NOT_FOUND', 'User not found')
  if (user['isVerified'] === true)
    throw new ConduitError('FAILED_PRECONDITION', 'User already verified')
  if (user['isAnonymous'] === true) throw new ConduitError('PERMISSION_DENIED', 'Anonymous user')
  return user
}

function resend({ world, params }: RouteContext): string {
  const email = loweredParam(params, 'email')
  checkAddressForm(email)
  const user = findUnverified(world, email)
  const token = findOneTimeOf(world, 'VERIFICATION_TOKEN', user._id)
  if (token) {
    checkResendThreshold(world, token)
    for (const each of listOneTime(world, 'VERIFICATION_TOKEN', (row) => row['user'] === user._id))
      dropOneTime(world, each)
  }
  sendVerification(world, user)
  return 'Verification code sent'
}

function verifyWithCode({ world, params }: RouteContext): string {
  const email = loweredParam(params, 'email')
  const user = findUnverified(world, email)
  const token = findOneTimeOf(world, 'VERIFICATION_TOKEN', user._id)
  if (!token) throw new ConduitError('NOT_FOUND', 'Verification token not found')
  const code = kept(world, codeKey(email))
  if (!code || code !== params['code'])
    throw new ConduitError('INVALID_ARGUMENT', 'Invalid verification code')
  dropKept(world, codeKey(email))
  patchUser(world, user._id, { isVerified: true })
  dropOneTime(world, token)
  return 'OK'
}

/**
 * A link verifies its user, and answers 500 all the same: Conduit deletes the token by its whole document, the user in
 * it, which PostgreSQL refuses. So the token stays, and nobody is redirected. Compared with a running Conduit at
 * 4e203de84. Source: A/handlers/local.ts:617-662.
 */
function verifyByLink({ world, params }: RouteContext): never {
  const token = findOneTime(world, 'VERIFICATION_TOKEN', params['verificationToken'])
  if (!token) throw new ConduitError('NOT_FOUND', 'Verification token not found')
  const user = world.store.table('User').get(String(token['user']))
  if (!user) throw new ConduitError('NOT_FOUND', 'User not found')
  patchUser(world, user._id, { isVerified: true })
  throw new Error(`Invalid value ${inspect({ email: user['email'] })}`)
}

/** Resending, the code and the link. The link's hook exists whenever the local strategy does. */
export function emailVerificationRoutes({ config, options }: World): RouteDef[] {
  const { verification } = config.authentication.local
  const email = { type: 'String', required: true }
  const routes: RouteDef[] = [
    {
      method: 'GET',
      path: '/hook/authentication/verify-email/:verificationToken',
      url: { verificationToken: { type: 'String', required: true } },
      rateLimit: emailHook,
      handler: verifyByLink,
    },
  ]
  if (verification.send_email && options.email)
    routes.push({
      method: 'POST',
      path: '/authentication/local/resend-verification',
      body: { email },
      rateLimit: emailSend,
      handler: resend,
    })
  if (verification.method === 'code')
    routes.push({
      method: 'POST',
      path: '/authentication/local/verify-email',
      body: { email, code: { type: 'String', required: true } },
      rateLimit: emailCode,
      handler: verifyWithCode,
    })
  return routes
}
