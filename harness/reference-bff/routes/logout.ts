import { BffFailure } from '../failure.ts'
import type { Handler, Services } from '../services.ts'

/** What the browser may keep of a user beside the cookie. `"cookies"` is not said, for it would clear those of neighbouring hosts too. */
const CLEARED = '"cache", "storage"'

/** POST /api/auth/logout: the session is gone from the vault before anything else happens; without a session it does no harm. */
export function createLogoutHandler({
  authentication,
  sessions,
  vault,
}: Pick<Services, 'authentication' | 'sessions' | 'vault'>): Handler {
  return async (c) => {
    if (c.req.method !== 'POST') throw new BffFailure(405, 'post_only')
    const id = sessions.idIn(c.req.header('cookie'))
    if (id !== undefined) {
      const key = sessions.keyOf(id)
      const entry = await vault.read(key)
      await vault.remove(key)
      if (entry) await authentication.signOut(entry.tokens)
    }
    c.header('set-cookie', sessions.expiredCookie())
    c.header('clear-site-data', CLEARED)
    return c.body(null, 204)
  }
}
