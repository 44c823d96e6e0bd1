import { z } from 'zod'
import { unavailable } from '../failure.ts'
import type { Handler, Services } from '../services.ts'

const userSchema = z.object({ _id: z.string(), email: z.string().nullable() })

/** GET /api/me → { id, email } of the signed-in user; 401 without a session. */
export function createMeHandler({
  conduit,
  sessions,
}: Pick<Services, 'conduit' | 'sessions'>): Handler {
  return async (c) => {
    const session = await sessions.require(c.req.header('cookie'))
    const { signal } = c.req.raw
    const user = userSchema.safeParse(
      await conduit.json(session, { method: 'GET', path: '/authentication/user', signal }),
    )
    if (!user.success) throw unavailable(502, 'backend_answer_invalid')
    return c.json({ id: user.data._id, email: user.data.email })
  }
}
