import { ConduitError } from '../wire/conduit-error.ts'
import type { RouteContext, RouteDef } from '../wire/route.ts'
import { checkAddress } from './email-address.ts'
import { hookLink, sendMail } from './mail.ts'
import { callerOf, denyAnonymous, requireSudo, requireUser } from './middleware.ts'
import { createOneTime, dataOf, dropOneTime, findOneTime, listOneTime } from './one-time-tokens.ts'
import { emailHook } from './rate-limits.ts'
import { allowedRedirect } from './redirect-uri.ts'
import { loweredParam } from './text-params.ts'
import { findUserBy, patchUser } from './user-directory.ts'

const CHANGED = 'Email changed successfully'

/** Changes the address at once, or after a mailed link where verification is required. Source: A/handlers/local.ts:551-615. */
async function changeEmail(context: RouteContext): Promise<string> {
  requireSudo(context)
  const { world, params, bodyParams } = context
  const newEmail = loweredParam(params, 'newEmail')
  const user = callerOf(context)
  const { verification } = world.config.authentication.local
  const redirect = allowedRedirect(world, bodyParams['redirectUri']) ?? verification.redirect_uri
  if (user['email'] === newEmail)
    throw new ConduitError('INVALID_ARGUMENT', 'The new email can not be the same as the old email')
  await checkAddress(world, newEmail, 'EMAIL_NOT_ALLOWED')
  if (findUserBy(world, 'email', newEmail))
    throw new ConduitError('ALREADY_EXISTS', 'Email address already taken')
  if (!verification.required) {
    patchUser(world, user._id, { email: newEmail })
    return CHANGED
  }
  for (const each of pendingOf(context, user._id)) dropOneTime(world, each)
  const token = createOneTime(world, {
    type: 'CHANGE_EMAIL_TOKEN',
    user: user._id,
    data: { email: newEmail, customRedirectUri: redirect },
  })
  if (!verification.send_email || !world.options.email) return 'Verification required'
  sendMail(world, {
    to: newEmail,
    template: 'ChangeEmailVerification',
    variables: { link: hookLink(world, 'verify-change-email', token), user },
  })
  return 'Verification code sent'
}

function pendingOf({ world }: RouteContext, userId: string) {
  return listOneTime(world, 'CHANGE_EMAIL_TOKEN', (row) => row['user'] === userId)
}

function verifyChange(context: RouteContext): unknown {
  const { world, params } = context
  const token = findOneTime(world, 'CHANGE_EMAIL_TOKEN', params['verificationToken'])
  if (!token) throw new ConduitError('NOT_FOUND', 'Change email token does not exist')
  const userId = String(token['user'])
  if (!world.store.table('User').get(userId)) throw new ConduitError('NOT_FOUND', 'User not found')
  const { customRedirectUri, email } = dataOf(token)
  const fallback = world.config.authentication.local.verification.redirect_uri
  const redirect = typeof customRedirectUri === 'string' ? customRedirectUri : fallback
  for (const each of pendingOf(context, userId)) dropOneTime(world, each)
  patchUser(world, userId, { email })
  return redirect === '' ? CHANGED : { redirect }
}

export const changeEmailRoutes: RouteDef[] = [
  {
    method: 'POST',
    path: '/authentication/local/change-email',
    body: { newEmail: { type: 'String', required: true }, redirectUri: 'String' },
    middlewares: [requireUser, denyAnonymous],
    handler: changeEmail,
  },
  {
    method: 'GET',
    path: '/hook/authentication/verify-change-email/:verificationToken',
    url: { verificationToken: { type: 'String', required: true } },
    rateLimit: emailHook,
    handler: verifyChange,
  },
]
