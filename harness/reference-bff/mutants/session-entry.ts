import { sessionOver } from '../failure.ts'
import type { BffContext, Services } from '../services.ts'
import type { Entry } from '../vault.ts'

/** The vault's entry for the session that a request came with. */
export async function entryOfRequest(c: BffContext, services: Services): Promise<Entry> {
  return entryFor(c.req.header('cookie'), services)
}

/** The vault's entry for the session that a login has just begun. */
export async function entryOfLogin(answer: Response, services: Services): Promise<Entry> {
  return entryFor(answer.headers.get('set-cookie') ?? '', services)
}

async function entryFor(
  cookies: string | undefined,
  { sessions, vault }: Services,
): Promise<Entry> {
  const entry = await vault.read(sessions.keyOf(sessions.idIn(cookies) ?? ''))
  if (!entry) throw sessionOver()
  return entry
}
