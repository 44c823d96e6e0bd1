import { createHash, randomBytes } from 'node:crypto'
import { sessionOver, BffFailure } from './failure.ts'
import type { Services } from './services.ts'
import { SESSION_SECONDS, type Entry } from './vault.ts'

/** A signed-in caller; `entry` is the newest that this request knows. */
export interface Session {
  key: string
  entry: Entry
}

/** The browser's end of a session: a cookie with a random id and nothing else. */
export interface Sessions {
  newId(): string
  /** Where the vault keeps a session: not the cookie's value, so that reading the vault gives no cookie. */
  keyOf(id: string): string
  /** The id in a `Cookie` header; undefined when there is none, it is malformed, or several differ. */
  idIn(cookieHeader: string | undefined): string | undefined
  /** The caller's session. 401 without one; the cookie of one that is gone is expired. */
  require(cookieHeader: string | undefined): Promise<Session>
  cookie(id: string): string
  expiredCookie(): string
}

const ID = /^[\w-]{43}$/

export function createSessions({
  settings,
  vault,
}: Pick<Services, 'settings' | 'vault'>): Sessions {
  const isSecure = settings.appOrigin?.startsWith('https:') ?? false
  const name = isSecure ? '__Host-bff_session' : 'bff_session'
  const attributes = `Path=/; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`
  const sessions: Sessions = {
    newId: () => randomBytes(32).toString('base64url'),
    keyOf: (id) => createHash('sha256').update(id).digest('hex'),
    idIn(cookieHeader) {
      const values = new Set(valuesOf(cookieHeader ?? '', name))
      const [only] = values
      return values.size === 1 && only !== undefined && ID.test(only) ? only : undefined
    },
    async require(cookieHeader) {
      const id = sessions.idIn(cookieHeader)
      if (id === undefined)
        throw new BffFailure(401, 'not_signed_in', {
          endsSession: valuesOf(cookieHeader ?? '', name).length > 0,
        })
      const key = sessions.keyOf(id)
      const entry = await vault.read(key)
      if (!entry) throw sessionOver()
      return { key, entry }
    },
    cookie: (id) => `${name}=${id}; Max-Age=${SESSION_SECONDS}; ${attributes}`,
    expiredCookie: () => `${name}=; Max-Age=0; ${attributes}`,
  }
  return sessions
}

const valuesOf = (header: string, name: string) =>
  header
    .split(';')
    .map((pair) => pair.trim().split('='))
    .filter(([key]) => key === name)
    .map(([, ...value]) => value.join('='))
