import { ConduitError } from '../wire/conduit-error.ts'
import type { RouteContext, RouteDef } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { checkCode, enrol } from './authenticator.ts'
import { makeBackupCodes, useBackupCode } from './backup-codes.ts'
import { callerOf, denyAnonymous, requireSudo, requireUser } from './middleware.ts'
import { twoFaChallenge } from './rate-limits.ts'
import { servesTwoFa } from './serving.ts'
import { giveTokens } from './token-answer.ts'
import { patchUser } from './user-directory.ts'

function authorize(context: RouteContext): unknown {
  const user = callerOf(context)
  const method = user['twoFaMethod']
  if (user['hasTwoFA'] !== true) return '2FA disabled'
  if (method !== 'authenticator') throw new ConduitError('INVALID_ARGUMENT', 'Invalid method')
  return { method: 'authenticator', message: 'Use your authenticator app to get the code' }
}

async function checkAuthenticator({ world, params }: RouteContext, userId: string): Promise<void> {
  const right = await checkCode(world, userId, String(params['code']))
  if (right === undefined) throw new ConduitError('NOT_FOUND', 'Verification unsuccessful')
  if (!right) throw new ConduitError('INVALID_ARGUMENT', 'Code is not correct')
}

/** The second step of a login: the half-way token is swapped for a full pair, with `sudo`. */
async function verify(context: RouteContext): Promise<unknown> {
  const { world, clientId } = context
  const user = callerOf(context)
  if (user['twoFaMethod'] !== 'authenticator')
    throw new ConduitError('FAILED_PRECONDITION', 'Method not valid')
  await checkAuthenticator(context, user._id)
  return giveTokens(world, { user, clientId, twoFaPassed: true })
}

async function enable(context: RouteContext): Promise<string> {
  requireSudo(context)
  const { world, params } = context
  const user = callerOf(context)
  const { methods } = world.config.authentication.twoFa
  if (user['hasTwoFA'] === true) return '2FA already enabled'
  if (params['method'] !== 'authenticator' || !methods.authenticator)
    throw new ConduitError('INVALID_ARGUMENT', 'Method not valid')
  const account = typeof user['email'] === 'string' ? user['email'] : `conduit-${user._id}`
  const qr = await enrol(world, { id: user._id, account })
  patchUser(world, user._id, { twoFaMethod: 'authenticator' })
  return qr
}

/** The first code from the app switches the second factor on. */
async function confirmEnable(context: RouteContext): Promise<string> {
  const user = callerOf(context)
  if (user['hasTwoFA'] === true) return '2FA already enabled'
  if (user['twoFaMethod'] !== 'authenticator')
    throw new ConduitError('INVALID_ARGUMENT', 'No verification record for this user')
  await checkAuthenticator(context, user._id)
  patchUser(context.world, user._id, { hasTwoFA: true })
  return '2FA enabled'
}

function disable(context: RouteContext): string {
  requireSudo(context)
  patchUser(context.world, callerOf(context)._id, { hasTwoFA: false })
  return '2FA disabled'
}

function generate(context: RouteContext): string[] {
  requireSudo(context)
  return makeBackupCodes(context.world, callerOf(context)._id)
}

async function recover(context: RouteContext): Promise<unknown> {
  const { world, params, clientId } = context
  const user = callerOf(context)
  const code = String(params['code'])
  if (!/^\d{8}$/.test(code)) throw new ConduitError('INVALID_ARGUMENT', 'Incorrect code format')
  const left = useBackupCode(world, user._id, code)
  if (left === undefined) throw new ConduitError('NOT_FOUND', 'User has no back up codes')
  if (left === false) throw new ConduitError('UNAUTHENTICATED', 'Invalid code')
  const answer = await giveTokens(world, { user, clientId, twoFaPassed: true })
  return { ...answer, message: `You have ${left} back up codes left` }
}

/** The second factor by authenticator and backup codes. Source: A/handlers/twoFa.ts:54-172. */
export function twoFaRoutes({ config }: World): RouteDef[] {
  const { twoFa } = config.authentication
  if (!servesTwoFa(config.authentication)) return []
  const body = { code: { type: 'String', required: true } }
  const path = (name: string) => `/authentication/twoFa/${name}`
  const challenge = { rateLimit: twoFaChallenge, middlewares: [requireUser] }
  const guarded = { middlewares: [requireUser, denyAnonymous] }
  const backUp: RouteDef[] = [
    { method: 'GET', path: path('generate'), ...guarded, handler: generate },
    { method: 'POST', path: path('recover'), body, ...challenge, ...guarded, handler: recover },
  ]
  const method = { method: { type: 'String', required: true }, phoneNumber: 'String' }
  return [
    { method: 'POST', path: path('authorize'), ...challenge, handler: authorize },
    { method: 'POST', path: path('verify'), body, ...challenge, handler: verify },
    { method: 'POST', path: path('enable/verify'), body, ...challenge, handler: confirmEnable },
    { method: 'PUT', path: path('enable'), body: method, ...guarded, handler: enable },
    { method: 'PUT', path: path('disable'), ...guarded, handler: disable },
    ...(twoFa.backUpCodes.enabled ? backUp : []),
  ]
}
