import type { BffContext, Services } from './services.ts'
import { userIdIn } from './user-id.ts'
import type { Tokens } from './vault.ts'

/** A new session with a new id; the caller's old one ends. Its cookie is put into the answer. */
export async function beginSession(
  c: BffContext,
  tokens: Tokens,
  { sessions, vault }: Pick<Services, 'sessions' | 'vault'>,
): Promise<void> {
  const id = sessions.newId()
  const entry = { generation: 1, userId: userIdIn(tokens.accessToken), tokens }
  await vault.create(sessions.keyOf(id), entry)
  const old = sessions.idIn(c.req.header('cookie'))
  if (old !== undefined) await vault.remove(sessions.keyOf(old))
  c.header('set-cookie', sessions.cookie(id), { append: true })
}
