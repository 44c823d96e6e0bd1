import { cookies } from 'next/headers'
import { decode } from 'next-auth/jwt'
import { signedOut } from './problem'
import { settings } from './settings'

/** The cookie that holds next-auth's encrypted JWT. */
export const SESSION_COOKIE = '__Host-articles'

export const cookieFlags = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' } as const

/** The vault key in the session's JWT, wherever next-auth may have split it; undefined without a JWT of ours. */
export async function vaultKey(): Promise<string | undefined> {
  const jar = await cookies()
  const token = jar
    .getAll()
    .filter(({ name }) => name === SESSION_COOKIE || name.startsWith(`${SESSION_COOKIE}.`))
    .map(({ value }) => value)
    .join('')
  const jwt = await decode({ token, secret: settings().secret }).catch(() => null)
  return typeof jwt?.['vaultKey'] === 'string' ? jwt['vaultKey'] : undefined
}

export async function mustVaultKey(): Promise<string> {
  const key = await vaultKey()
  if (key === undefined) throw signedOut()
  return key
}
