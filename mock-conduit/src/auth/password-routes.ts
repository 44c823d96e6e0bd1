import { ConduitError } from '../wire/conduit-error.ts'
import type { RouteContext, RouteDef } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { sendMail } from './mail.ts'
import { callerOf, denyAnonymous, requireSudo, requireUser } from './middleware.ts'
import {
  checkResendThreshold,
  createOneTime,
  dropOneTime,
  findOneTime,
  findOneTimeOf,
} from './one-time-tokens.ts'
import { checkPassword, hasPassword, requireText, setPassword } from './passwords.ts'
import { emailSend, passwordReset } from './rate-limits.ts'
import { allowedRedirect } from './redirect-uri.ts'
import { loweredParam } from './text-params.ts'
import { TOKENS } from './token-store.ts'
import { findUserBy, patchUser } from './user-directory.ts'

const SENT = 'If the email address is valid, a password reset link will be sent to it.'

/** Needs a sudo token, not the old password; sessions stay as they are. Source: A/handlers/utils.ts:11-22. */
function changePassword(context: RouteContext): string {
  requireSudo(context)
  const { world, bodyParams } = context
  const { _id } = callerOf(context)
  setPassword(world, _id, String(bodyParams['newPassword']))
  patchUser(world, _id, {})
  return 'Password changed successfully'
}

/** The change of a password by its owner, under the path of a strategy. */
export function changePasswordRoute(path: string): RouteDef {
  return {
    method: 'POST',
    path,
    body: { newPassword: { type: 'String', required: true } },
    middlewares: [requireUser, denyAnonymous],
    handler: changePassword,
  }
}

/** Answers alike for known and unknown addresses. Source: A/handlers/local.ts:434-500. */
function forgotPassword({ world, params, bodyParams }: RouteContext): string {
  const email = loweredParam(params, 'email')
  const { forgot_password_redirect_uri: fallback } = world.config.authentication.local
  const redirect = allowedRedirect(world, bodyParams['redirectUri']) ?? fallback
  const user = findUserBy(world, 'email', email)
  if (!user) return SENT
  if (user['isAnonymous'] === true) throw new ConduitError('PERMISSION_DENIED', 'Anonymous user')
  if (!hasPassword(world, user._id))
    throw new ConduitError('PERMISSION_DENIED', 'User does not use password authentication')
  const old = findOneTimeOf(world, 'PASSWORD_RESET_TOKEN', user._id)
  if (old) {
    checkResendThreshold(world, old)
    dropOneTime(world, old)
  }
  const token = createOneTime(world, { type: 'PASSWORD_RESET_TOKEN', user: user._id })
  const link = `${redirect}?reset_token=${String(token['token'])}`
  sendMail(world, { to: email, template: 'ForgotPassword', variables: { link, user } })
  return SENT
}

/** Sets a new password by the mailed token and ends every session of the user. Source: A/handlers/local.ts:502-549. */
function resetPassword({ world, params }: RouteContext): string {
  const token = findOneTime(world, 'PASSWORD_RESET_TOKEN', params['passwordResetToken'])
  if (!token) throw new ConduitError('INVALID_ARGUMENT', 'Invalid parameters')
  const userId = String(token['user'])
  if (!world.store.table('User').get(userId)) throw new ConduitError('NOT_FOUND', 'User not found')
  if (!hasPassword(world, userId))
    throw new ConduitError('PERMISSION_DENIED', 'User does not use password authentication')
  const { password } = params
  if (checkPassword(world, userId, password))
    throw new ConduitError('PERMISSION_DENIED', "Password can't be the same as the old one")
  requireText(password)
  setPassword(world, userId, password)
  patchUser(world, userId, {})
  dropOneTime(world, token)
  world.part(TOKENS).revoke(userId)
  return 'Password reset successful'
}

/** Changing, forgetting and resetting a password; the forgotten one needs an e-mail module. */
export function passwordRoutes({ options }: World): RouteDef[] {
  const text = { type: 'String', required: true }
  const routes: RouteDef[] = [
    {
      method: 'POST',
      path: '/authentication/reset-password',
      body: { passwordResetToken: text, password: text },
      rateLimit: passwordReset,
      handler: resetPassword,
    },
    changePasswordRoute('/authentication/local/change-password'),
  ]
  if (!options.email) return routes
  const body = { email: text, redirectUri: 'String' }
  return [
    {
      method: 'POST',
      path: '/authentication/forgot-password',
      body,
      rateLimit: emailSend,
      handler: forgotPassword,
    },
    ...routes,
  ]
}
