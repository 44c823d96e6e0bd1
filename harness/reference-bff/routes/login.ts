import { z } from 'zod'
import { beginSession } from '../begin-session.ts'
import { BffFailure } from '../failure.ts'
import { readJson } from '../read-json.ts'
import type { Handler, Services } from '../services.ts'

const credentialsSchema = z.object({ email: z.string().min(1), password: z.string() })

/** POST /api/auth/login { email, password }: a new session with a new id; the caller's old one ends. */
export function createLoginHandler({
  authentication,
  sessions,
  vault,
}: Pick<Services, 'authentication' | 'sessions' | 'vault'>): Handler {
  return async (c) => {
    const credentials = credentialsSchema.safeParse(await readJson(c))
    if (!credentials.success) throw new BffFailure(400, 'email_and_password_needed')
    const { email, password } = credentials.data
    const tokens = await authentication.signIn(email, password)
    await beginSession(c, tokens, { sessions, vault })
    return c.json({ ok: true })
  }
}
