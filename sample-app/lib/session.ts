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

function options(): SessionOptions {
  const { sessionSecret, appOrigin } = env()
  return {
    password: sessionSecret,
    cookieName: 'conduit_session',
    ttl: VAULT_TTL_SECONDS,
    cookieOptions: {
      httpOnly: true,
      secure: appOrigin?.startsWith('https:') ?? false,
      sameSite: 'lax',
      path: '/',
    },
  }
}

export async function readSession(): Promise<IronSession<SessionData>> {
  const store = await cookies()
  return getIronSession<SessionData>(
    {
      get: (name) => store.get(name),
      set: (...args: [unknown, unknown?, unknown?]) => {
        Reflect.apply(store.set, store, args)
      },
    },
    options(),
  )
}

/** 256 random bits: a new one at every login. */
export function newVaultKey(): string {
  return randomBytes(32).toString('base64url')
}
