import { randomBytes } from 'node:crypto'
import { getIronSession, type IronSession, type SessionOptions } from 'iron-session'
import { cookies } from 'next/headers'
import { env } from '@/lib/env'
import { VAULT_TTL_SECONDS } from '@/lib/token-vault'

/** All that the browser's cookie holds, sealed: who, and under which key the vault keeps the tokens. */
export interface SessionData {
  userId?: string
  vaultKey?: string
}

/** What this needs of Next's cookies. */
interface CookieStore {
  get: (name: string) => { name: string; value: string } | undefined
  set: (...args: [unknown, unknown?, unknown?]) => void
}

function options(): SessionOptions {
  const { sessionSecret, appOrigin } = env()
  const secure = appOrigin?.startsWith('https:') ?? false
  return {
    password: sessionSecret,
    // Only over https do browsers take the prefix that keeps other hosts from setting the cookie.
    cookieName: secure ? '__Host-conduit_session' : 'conduit_session',
    ttl: VAULT_TTL_SECONDS,
    cookieOptions: {
      httpOnly: true,
      secure,
      sameSite: 'lax',
      path: '/',
    },
  }
}

export async function readSession(): Promise<IronSession<SessionData>> {
  const store = await cookies()
  return openSession({
    get: (name) => store.get(name),
    set: (...args) => {
      Reflect.apply(store.set, store, args)
    },
  })
}

/**
 * The session of a cookie store. A cookie that is no seal of ours is nobody's session: iron-session
 * answers so for a wrong signature, and throws for a seal whose form is spoilt.
 */
export async function openSession(store: CookieStore): Promise<IronSession<SessionData>> {
  try {
    return await getIronSession<SessionData>(store, options())
  } catch (error) {
    if (store.get(options().cookieName) === undefined) throw error
    return getIronSession<SessionData>({ ...store, get: () => undefined }, options())
  }
}

/** 256 random bits: a new one at every login. */
export function newVaultKey(): string {
  return randomBytes(32).toString('base64url')
}
