import type { RouteDef } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { captchaFor } from './captcha.ts'
import { changeEmailRoutes } from './change-email.ts'
import { emailVerificationRoutes } from './email-verification.ts'
import { loginByEmail, loginByUsername } from './login.ts'
import { checkAnonymous, optionalUser } from './middleware.ts'
import { changePasswordRoute, passwordRoutes } from './password-routes.ts'
import { credentials } from './rate-limits.ts'
import { register, registerAnonymous } from './register.ts'

const text = { type: 'String', required: true }

/** E-mail and password. Source: A/handlers/local.ts:43-242. */
export function localRoutes(world: World): RouteDef[] {
  const { local, anonymousUsers, teams } = world.config.authentication
  if (!local.enabled) return []
  const withAnonymous = anonymousUsers.enabled && teams.allowRegistrationWithoutInvite
  return [
    {
      method: 'POST',
      path: '/authentication/local/new',
      body: {
        email: text,
        password: text,
        invitationToken: 'String',
        captchaToken: 'String',
        redirectUri: 'String',
        userData: 'JSON',
      },
      middlewares: [...captchaFor(world, 'register'), optionalUser, checkAnonymous],
      rateLimit: credentials,
      handler: register,
    },
    ...(withAnonymous
      ? [
          {
            method: 'POST' as const,
            path: '/authentication/local/new/anonymous',
            body: { userData: 'JSON' },
            rateLimit: credentials,
            handler: registerAnonymous,
          },
        ]
      : []),
    {
      method: 'POST',
      path: '/authentication/local',
      body: { email: text, password: text, captchaToken: 'String' },
      middlewares: captchaFor(world, 'login'),
      rateLimit: credentials,
      handler: loginByEmail,
    },
    ...passwordRoutes(world),
    ...emailVerificationRoutes(world),
    ...changeEmailRoutes,
  ]
}

/** User name and password; there is no way to register by user name. Source: A/handlers/username.ts:30-66. */
export function usernameRoutes(world: World): RouteDef[] {
  if (!world.config.authentication.local.username_auth_enabled) return []
  return [
    {
      method: 'POST',
      path: '/authentication/username',
      body: { username: text, password: text, captchaToken: 'String' },
      middlewares: captchaFor(world, 'login'),
      rateLimit: credentials,
      handler: loginByUsername,
    },
    changePasswordRoute('/authentication/username/change-password'),
  ]
}
