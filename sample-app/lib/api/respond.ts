import { AppError } from '@/lib/models/app-error'
import { readSession } from '@/lib/session'

const privateAnswer = { 'Cache-Control': 'private, no-store', Vary: 'Cookie' }

export function json(value: unknown, status = 200): Response {
  return Response.json(value, { status, headers: privateAnswer })
}

/** Runs a handler and turns what it throws into an answer: our own words, and the cookie cleared when the session is over. */
export async function respond(handler: () => Promise<Response>): Promise<Response> {
  try {
    return await handler()
  } catch (error) {
    if (!(error instanceof AppError)) {
      console.error(`A handler failed: ${error instanceof Error ? error.name : typeof error}`)
      return json({ error: { code: 'INTERNAL', message: 'Something went wrong here.' } }, 500)
    }
    if (error.endsSession) (await readSession()).destroy()
    return json({ error: { code: error.code, message: error.message } }, error.status)
  }
}

/** The session's vault key; a missing or broken cookie is 401 and calls nobody. */
export async function requireSession(): Promise<{ vaultKey: string; userId: string }> {
  const { vaultKey, userId } = await readSession()
  if (vaultKey === undefined || userId === undefined)
    throw new AppError('NOT_AUTHENTICATED', 'Log in first.')
  return { vaultKey, userId }
}
