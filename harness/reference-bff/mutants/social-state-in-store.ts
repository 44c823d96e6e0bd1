import { randomBytes } from 'node:crypto'
import { beginSession } from '../begin-session.ts'
import { CALLBACK } from '../routes/social-login.ts'
import type { BffContext, Parts } from '../services.ts'

const STATE_SECONDS = 600

/** The parts with a social login that remembers who asked in the store instead of a cookie: under a state that comes back with the browser. */
export const socialStateInStore = (parts: Parts, whither: (c: BffContext) => string): Parts => ({
  ...parts,
  socialLogin:
    ({ authentication, redis, settings }) =>
    async (c) => {
      const state = randomBytes(16).toString('hex')
      await redis.set(`social:${state}`, '1', 'EX', STATE_SECONDS)
      const back = new URL(`${CALLBACK}?state=${state}`, settings.appOrigin ?? c.req.url)
      return c.json({ url: await authentication.socialLoginUrl(back.href) })
    },
  socialCallback: (services) => async (c) => {
    const { state = '', refreshToken } = c.req.query()
    const isExpected = (await services.redis.getdel(`social:${state}`)) !== null
    const outcome =
      isExpected && refreshToken ? await services.authentication.renew(refreshToken) : undefined
    if (outcome?.kind !== 'tokens') return c.redirect('/?login=failed', 303)
    await beginSession(c, outcome.tokens, services)
    return c.redirect(whither(c), 303)
  },
})
