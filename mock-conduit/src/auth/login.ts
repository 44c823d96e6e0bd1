import { ConduitError } from '../wire/conduit-error.ts'
import type { RouteContext, Row } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { checkAddressForm } from './email-address.ts'
import { checkPassword, hasPassword } from './passwords.ts'
import { giveTokens, type TokenAnswer } from './token-answer.ts'
import { loweredParam } from './text-params.ts'
import { findUserBy } from './user-directory.ts'

const badCredentials = () => new ConduitError('UNAUTHENTICATED', 'Invalid login credentials')

/** In this order: blocked, no password, wrong password, unverified. Source: A/handlers/utils.ts:24-41. */
function checkLogin(world: World, user: Row, password: unknown): void {
  if (user['active'] !== true) throw new ConduitError('PERMISSION_DENIED', 'Inactive user')
  if (!hasPassword(world, user._id))
    throw new ConduitError('PERMISSION_DENIED', 'User does not use password authentication')
  if (!checkPassword(world, user._id, password)) throw badCredentials()
  if (world.config.authentication.local.verification.required && user['isVerified'] !== true)
    throw new ConduitError('PERMISSION_DENIED', 'You must verify your account to login')
}

/** Login by e-mail, in whatever letter case. Source: A/handlers/local.ts:402-432. */
export function loginByEmail({ world, params, clientId }: RouteContext): Promise<TokenAnswer> {
  const email = loweredParam(params, 'email')
  checkAddressForm(email)
  const user = findUserBy(world, 'email', email)
  if (!user) throw badCredentials()
  checkLogin(world, user, params['password'])
  return giveTokens(world, { user, clientId })
}

/** Login by user name, in its exact letter case. Source: A/handlers/username.ts. */
export function loginByUsername({ world, params, clientId }: RouteContext): Promise<TokenAnswer> {
  const user = findUserBy(world, 'username', String(params['username']))
  if (!user) throw badCredentials()
  checkLogin(world, user, params['password'])
  return giveTokens(world, { user, clientId })
}
