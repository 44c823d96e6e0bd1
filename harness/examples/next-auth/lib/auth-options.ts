import type { AuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { logIn, logOut } from './conduit'
import { cookieFlags, SESSION_COOKIE, vaultKey } from './session'
import { fillVault, readVault } from './vault'

/**
 * next-auth with a vault: the JWT in the cookie holds the vault key, never a token, and the session endpoint shows neither.
 * Source: the integration guide's second way (`next-auth` beside `iron-session`).
 */
export const authOptions: AuthOptions = {
  session: { strategy: 'jwt', maxAge: 604_800 },
  cookies: { sessionToken: { name: SESSION_COOKIE, options: cookieFlags } },
  providers: [
    Credentials({
      credentials: { email: { type: 'email' }, password: { type: 'password' } },
      async authorize(credentials) {
        const { email, password } = credentials ?? {}
        if (email === undefined || password === undefined) return null
        const tokens = await logIn(email, password)
        if (!tokens) return null
        const before = await vaultKey()
        if (before !== undefined) await logOut(before)
        return { id: await fillVault(tokens), email }
      },
    }),
  ],
  callbacks: {
    /** `user` is there at login only; later the JWT is worth what the vault still knows. */
    async jwt({ token, user }) {
      const fresh: unknown = user
      if (fresh !== undefined) return { email: user.email ?? null, vaultKey: user.id }
      const { vaultKey: key } = token
      return typeof key === 'string' && (await readVault(key)) ? token : {}
    },
    session: ({ session, token }) => ({
      expires: session.expires,
      ...(token.email ? { user: { email: token.email } } : {}),
    }),
  },
  events: {
    async signOut({ token }) {
      if (typeof token['vaultKey'] === 'string') await logOut(token['vaultKey'])
    },
  },
  logger: {
    error(code) {
      console.error(`next-auth: ${code}`) // an error may hold what was sent to the backend
    },
  },
}
