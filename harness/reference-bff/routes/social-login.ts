import { randomBytes } from 'node:crypto'
import { getCookie, setCookie } from 'hono/cookie'
import { beginSession } from '../begin-session.ts'
import type { BffContext, Handler, Services } from '../services.ts'

export const CALLBACK = '/auth/callback'

const MARK = 'bff_social_login'
const MARK_SECONDS = 600

type Needs = Pick<Services, 'authentication' | 'sessions' | 'settings' | 'vault'>

/** POST /api/auth/social → { url } of the provider's page. Marks the browser, so that nobody can be sent to the callback who did not ask for it. */
export function createSocialLoginHandler({ authentication, settings }: Needs): Handler {
  return async (c) => {
    const origin = settings.appOrigin ?? new URL(c.req.url).origin
    const url = await authentication.socialLoginUrl(`${origin}${CALLBACK}`)
    mark(c, { settings, value: randomBytes(16).toString('hex'), maxAge: MARK_SECONDS })
    return c.json({ url })
  }
}

/**
 * GET /auth/callback?accessToken=…&refreshToken=…: where the backend sends a browser after a social login. The pair has been seen by the browser, so it
 * is renewed at once and good for nothing afterwards. Whatever comes of it, the answer is a redirect to an address without tokens.
 */
export function createSocialCallbackHandler(services: Needs): Handler {
  return async (c) => {
    const isExpected = getCookie(c, nameIn(services.settings)) !== undefined
    mark(c, { settings: services.settings, value: '', maxAge: 0 })
    const { refreshToken } = c.req.query()
    const outcome =
      isExpected && refreshToken ? await services.authentication.renew(refreshToken) : undefined
    if (outcome?.kind !== 'tokens') return c.redirect('/?login=failed', 303)
    await beginSession(c, outcome.tokens, services)
    return c.redirect('/', 303)
  }
}

const isSecure = ({ appOrigin }: Services['settings']) => appOrigin?.startsWith('https:') ?? false

const nameIn = (settings: Services['settings']) => `${isSecure(settings) ? '__Host-' : ''}${MARK}`

interface Mark {
  settings: Services['settings']
  value: string
  maxAge: number
}

/** Lax: the browser comes back from another site. */
function mark(c: BffContext, { settings, value, maxAge }: Mark): void {
  setCookie(c, nameIn(settings), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure(settings),
    maxAge,
  })
}
