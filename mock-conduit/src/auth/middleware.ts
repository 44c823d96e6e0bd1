import { ConduitError } from '../wire/conduit-error.ts'
import type { RouteContext, RouteMiddleware, Row } from '../wire/route.ts'
import { readToken, unauthorized } from './read-token.ts'
import { authServes } from './serving.ts'
import { loadJsonWebToken } from './sign-token.ts'
import { type StoredToken, TOKENS, tokenState } from './token-store.ts'
import { verifyForeign } from './verify-token.ts'

const INVALID = 'Token is expired or otherwise not valid'
const REVOKED = 'Token has been revoked or there is a mismatch between the token and the client'

/** Paths, as sent, on which a token that still lacks the second factor is enough. Source: A/routes/middleware.ts:60-66. */
const halfWay = new Set([
  '/authentication/twoFa/verify',
  '/authentication/twoFa/authorize',
  '/authentication/twoFa/recover',
])

/**
 * Conduit's `authMiddleware`: sets `context.caller` or refuses. Order: no token, header format, signature and expiry, second factor, row of this
 * client, user. A token the world made is found by its string; only foreign ones are verified. Source: A/routes/middleware.ts:26-87.
 */
export const requireUser: RouteMiddleware = (context) => {
  const { world } = context
  if (!authServes(world.config.authentication)) throw new ConduitError('NOT_FOUND', 'Not found')
  const token = readToken(context, 'access')
  if (typeof token !== 'string') throw unauthorized(INVALID)
  const record = world.part(TOKENS).pick(token, context.clientId)
  if (record?.kind !== 'access') return refuseForeign(context, token)
  admit(context, record)
}

function admit(context: RouteContext, record: StoredToken): void {
  const { world } = context
  const { claims } = record
  const expired = world.clock.now() >= record.expiresAt
  if (!claims || expired || record.secret !== world.config.authentication.accessTokens.jwtSecret)
    throw unauthorized(INVALID)
  const authorized = claims.authorized && !world.part(TOKENS).user(record.userId).twoFaRequired
  if (!authorized && !halfWay.has(context.request.path)) throw unauthorized('2FA is required')
  if (tokenState(record, world.clock.now()) !== 'live' || record.clientId !== context.clientId)
    throw unauthorized(REVOKED)
  const user = world.store.table('User').get(record.userId)
  if (user?.['active'] !== true)
    throw new ConduitError('PERMISSION_DENIED', 'User is blocked or deleted')
  context.caller = { user, claims, token: record.token }
}

async function refuseForeign({ world, request }: RouteContext, token: string): Promise<never> {
  const { jwtSecret: secret } = world.config.authentication.accessTokens
  const claims = verifyForeign(await loadJsonWebToken(), token, { secret, now: world.clock.now() })
  if (!claims) throw unauthorized(INVALID)
  throw unauthorized(claims.authorized || halfWay.has(request.path) ? REVOKED : '2FA is required')
}

/** Conduit's `authMiddleware?`: sets `context.caller` if it can, and swallows every refusal. Source: H/Router.ts:112-116. */
export const optionalUser: RouteMiddleware = async (context) => {
  try {
    await requireUser(context)
  } catch {
    context.caller = undefined
  }
}

/** Refuses anonymous users with 403; stands after `requireUser`. Source: A/routes/middleware.ts:137-146. */
export const denyAnonymous: RouteMiddleware = ({ caller }) => {
  if (caller?.user['isAnonymous'] === true)
    throw new ConduitError(
      'PERMISSION_DENIED',
      'Anonymous users are not allowed to perform this action.',
    )
}

/** Refuses, with 500, an anonymous user while the feature is off. Source: A/routes/middleware.ts:126-135. */
export const checkAnonymous: RouteMiddleware = ({ caller, world }) => {
  if (caller?.user['isAnonymous'] !== true) return
  if (!world.config.authentication.anonymousUsers.enabled)
    throw new Error('Anonymous users configuration is disabled.')
}

/** Refuses tokens without the `sudo` claim, which only a login gives. */
export function requireSudo({ caller }: RouteContext): void {
  if (!caller?.claims.sudo)
    throw new ConduitError('PERMISSION_DENIED', 'Re-login required to enter sudo mode')
}

/** The user of a route behind `requireUser`. */
export function callerOf({ caller }: RouteContext): Row {
  if (!caller) throw new Error('The route has no requireUser before it.')
  return caller.user
}
