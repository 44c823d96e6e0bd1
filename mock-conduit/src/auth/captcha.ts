import { ConduitError } from '../wire/conduit-error.ts'
import type { RouteContext, RouteMiddleware } from '../wire/route.ts'
import type { World } from '../world/world.ts'

type Captcha = 'disabled' | 'missing' | 'failed' | 'success'

/** The token that this mock's captcha provider takes for a human; everything else fails. */
export const GOOD_CAPTCHA = 'human'

/** What Conduit's router says of the body's `captchaToken`. Source: R/security/handlers/captcha-validation/index.ts:66-86. */
function captchaOf({ world, params }: RouteContext): Captcha {
  if (!world.config.router.captcha.enabled) return 'disabled'
  const token = params['captchaToken']
  if (typeof token !== 'string' || token === '') return 'missing'
  return token === GOOD_CAPTCHA ? 'success' : 'failed'
}

/** Refuses by captcha; without security clients a missing token passes. Source: A/routes/middleware.ts:89-124. */
const requireCaptcha: RouteMiddleware = (context) => {
  const captcha = captchaOf(context)
  const { acceptablePlatform } = context.world.config.authentication.captcha
  if (captcha === 'disabled') throw new Error('Captcha is disabled.')
  const platform = platformOf(context)
  if (
    platform !== 'anonymous' &&
    !(platform === 'WEB' && acceptablePlatform.web) &&
    !(platform === 'ANDROID' && acceptablePlatform.android)
  )
    return
  if (captcha === 'missing' && platform !== 'anonymous')
    throw new Error('Captcha token is missing.')
  if (captcha === 'failed') throw new ConduitError('PERMISSION_DENIED', 'Can not verify captcha.')
}

function platformOf({ world, clientId }: RouteContext): string | undefined {
  if (clientId === 'anonymous-client') return 'anonymous'
  return world.definition.clients.find((client) => client.id === clientId)?.platform
}

/** The captcha middleware of a route, if the config asks for one there. */
export function captchaFor({ config }: World, route: 'login' | 'register'): RouteMiddleware[] {
  const { captcha } = config.authentication
  return captcha.enabled && captcha.routes[route] ? [requireCaptcha] : []
}
