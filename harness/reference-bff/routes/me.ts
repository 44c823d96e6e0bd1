import { z } from 'zod'
import { unavailable } from '../failure.ts'
import type { Handler, Services } from '../services.ts'
import type { Session } from '../sessions.ts'

const userSchema = z.object({ _id: z.string(), email: z.string().nullable() })

type User = z.output<typeof userSchema>

/** The signed-in user, as the backend knows them. */
export async function readUser(
  conduit: Services['conduit'],
  session: Session,
  signal: AbortSignal,
): Promise<User> {
  const user = userSchema.safeParse(
    await conduit.json(session, { method: 'GET', path: '/authentication/user', signal }),
  )
  if (!user.success) throw unavailable(502, 'backend_answer_invalid')
  return user.data
}

/** GET /api/me → { id, email } of the signed-in user; 401 without a session. */
export function createMeHandler({
  conduit,
  sessions,
}: Pick<Services, 'conduit' | 'sessions'>): Handler {
  return async (c) => {
    const session = await sessions.require(c.req.header('cookie'))
    const { _id, email } = await readUser(conduit, session, c.req.raw.signal)
    return c.json({ id: _id, email })
  }
}
