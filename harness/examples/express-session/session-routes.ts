import { randomUUID } from 'node:crypto'
import { Router, type Request } from 'express'
import { z } from 'zod'
import type { ConduitClient } from './conduit-client.ts'
import { Refusal } from './refusal.ts'
import { drawerOf } from './session-drawer.ts'
import type { TokenDrawer } from './token-drawer.ts'

/** Name of the session cookie. */
export const SID = '__Host-sid'

const credentialsSchema = z.object({ login: z.string(), secret: z.string() })
const teamSchema = z.object({ team: z.string().regex(/^[\w-]{1,64}$/) })
const claimsSchema = z.object({ id: z.string() })

/** POST /session { login, secret }, GET /session, PUT /session/team { team }, DELETE /session. */
export function sessionRouter(conduit: ConduitClient, drawer: TokenDrawer): Router {
  const router = Router()
  router.post('/', async (request, response) => {
    const credentials = credentialsSchema.safeParse(request.body)
    if (!credentials.success) throw new Refusal(400, 'login_and_secret_needed')
    const pair = await conduit.signIn(credentials.data.login, credentials.data.secret)
    await settleIn(request, drawer, { ...pair, userId: userOf(pair.access) })
    response.status(204).end()
  })
  router.get('/', (request, response) => {
    const { userId } = request.session
    response.json({ signedIn: userId !== undefined })
  })
  router.put('/team', (request, response) => {
    drawerOf(request)
    const choice = teamSchema.safeParse(request.body)
    if (!choice.success) throw new Refusal(400, 'team_needed')
    request.session.team = choice.data.team
    response.status(204).end()
  })
  router.delete('/', async (request, response) => {
    const { drawer: name } = request.session
    const pair = name === undefined ? undefined : await drawer.look(name)
    if (name !== undefined) await drawer.empty(name)
    await destroyed(request)
    response.clearCookie(SID, { httpOnly: true, secure: true, sameSite: 'lax' })
    if (pair) await conduit.signOut(pair)
    response.status(204).end()
  })
  return router
}

/** A new session for a pair; what the caller had before ends. */
export async function settleIn(
  request: Request,
  drawer: TokenDrawer,
  { access, refresh, userId }: { access: string; refresh: string; userId: string },
): Promise<void> {
  const before = request.session.drawer
  await regenerated(request)
  if (before !== undefined) await drawer.empty(before)
  const name = randomUUID()
  await drawer.fill(name, access, refresh)
  request.session.drawer = name
  request.session.userId = userId
}

function userOf(access: string): string {
  try {
    const claims = Buffer.from(access.split('.')[1] ?? '', 'base64url').toString('utf8')
    return claimsSchema.parse(JSON.parse(claims)).id
  } catch {
    throw new Refusal(502, 'backend_failed')
  }
}

const regenerated = ({ session }: Request) =>
  new Promise<void>((resolve, reject) => {
    session.regenerate((error?: Error | null) => {
      if (error) reject(error)
      else resolve()
    })
  })

const destroyed = ({ session }: Request) =>
  new Promise<void>((resolve, reject) => {
    session.destroy((error?: Error | null) => {
      if (error) reject(error)
      else resolve()
    })
  })
