import { cookies } from 'next/headers'
import { Problem } from './problem'
import { cookieFlags, SESSION_COOKIE } from './session'
import { settings } from './settings'

const headers = {
  'Cache-Control': 'private, no-store',
  'X-Content-Type-Options': 'nosniff',
}

export const json = (value: unknown, status = 200): Response =>
  Response.json(value, { status, headers })

/** Runs a handler; what it throws becomes an answer, and the end of a session clears the cookie. */
export async function answer(handler: () => Promise<Response>): Promise<Response> {
  try {
    return await handler()
  } catch (error) {
    if (!(error instanceof Problem)) return json({ problem: 'broken' }, 500)
    if (error.over) {
      const jar = await cookies()
      if (jar.has(SESSION_COOKIE)) jar.set(SESSION_COOKIE, '', { ...cookieFlags, maxAge: 0 })
    }
    return json({ problem: error.message }, error.status)
  }
}

/** Refuses what another site may have sent: it has our cookie, but neither our origin nor this content type. */
export function refuseForeign({ headers: sent }: Request): void {
  if (sent.get('origin') !== settings().origin) throw new Problem(403, 'foreign')
  if (sent.get('content-type')?.split(';')[0] !== 'application/json')
    throw new Problem(415, 'json-only')
}
