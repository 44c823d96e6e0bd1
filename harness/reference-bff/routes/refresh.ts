import type { Handler, Services } from '../services.ts'

/** POST /api/auth/refresh: renews the caller's tokens, of which it learns nothing. 401 without a session. */
export function createRefreshHandler({
  renewal,
  sessions,
}: Pick<Services, 'renewal' | 'sessions'>): Handler {
  return async (c) => {
    const session = await sessions.require(c.req.header('cookie'))
    await renewal.renew(session.key, session.entry)
    return c.body(null, 204)
  }
}
