import { z } from 'zod'
import { refuseForeign, requireJson } from '@/lib/api/guard'
import { readBody } from '@/lib/api/read-body'
import { json, requireSession, respond } from '@/lib/api/respond'
import { isLive, logIn, logOut, whoAmI } from '@/lib/logic/accounts'
import { readSession } from '@/lib/session'

const credentials = z.strictObject({
  email: z.string().min(3).max(254),
  password: z.string().min(1).max(1_000),
})

/** POST /api/auth/login {email, password}: a new session, whatever was in the cookie before. */
export function login(request: Request): Promise<Response> {
  return respond(async () => {
    refuseForeign(request)
    requireJson(request)
    const { email, password } = await readBody(request, credentials)
    const session = await readSession()
    const before = session.vaultKey
    const { userId, vaultKey } = await logIn(email, password)
    if (before !== undefined) await logOut(before)
    session.userId = userId
    session.vaultKey = vaultKey
    await session.save()
    return json({ ok: true })
  })
}

/** POST /api/auth/logout: harmless without a session, and twice. A form gets the login page, a script JSON. */
export function logout(request: Request): Promise<Response> {
  return respond(async () => {
    refuseForeign(request)
    const session = await readSession()
    const { vaultKey } = session
    session.destroy()
    if (vaultKey !== undefined) await logOut(vaultKey)
    const isPage = request.headers.get('accept')?.includes('text/html') ?? false
    return isPage
      ? new Response(null, {
          status: 303,
          headers: { Location: '/login', 'Cache-Control': 'no-store' },
        })
      : json({ ok: true })
  })
}

/** GET /api/auth/me: who is logged in. */
export function me(): Promise<Response> {
  return respond(async () => json(await whoAmI((await requireSession()).vaultKey)))
}

/** GET /api/auth/ended: where a page sends a browser whose session is over, because a page cannot clear a cookie. A live session stays. */
export function ended(): Promise<Response> {
  return respond(async () => {
    const session = await readSession()
    const live = session.vaultKey !== undefined && (await isLive(session.vaultKey))
    if (!live) session.destroy()
    return new Response(null, {
      status: 303,
      headers: { Location: live ? '/posts' : '/login', 'Cache-Control': 'no-store' },
    })
  })
}
