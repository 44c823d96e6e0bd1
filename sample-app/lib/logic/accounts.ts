import { z } from 'zod'
import { conduit, conduitRequest } from '@/lib/conduit-request'
import { AppError } from '@/lib/models/app-error'
import { newVaultKey } from '@/lib/session'

const pair = z.object({ accessToken: z.string().min(1), refreshToken: z.string().min(1) })
const user = z.object({ _id: z.string(), email: z.string().nullish() })

export interface Login {
  userId: string
  vaultKey: string
}

/** Logs in at Conduit and puts the tokens into the vault under a new key. Nothing is stored unless all of it worked. */
export async function logIn(email: string, password: string): Promise<Login> {
  const { transport, vault } = conduit()
  const { status, data } = await transport({
    method: 'POST',
    path: '/authentication/local',
    body: { email, password },
  })
  if (status === 400 || status === 401 || status === 403)
    throw new AppError(
      'NOT_AUTHENTICATED',
      'E-mail or password is wrong, or the account is not active.',
    )
  if (status === 429) throw new AppError('RATE_LIMITED', 'Too many attempts; wait a few minutes.')
  const tokens = pair.safeParse(data)
  if (status !== 200 || !tokens.success)
    throw new AppError('BAD_GATEWAY', 'Logging in is not possible right now.')
  const me = await transport(
    { method: 'GET', path: '/authentication/user' },
    tokens.data.accessToken,
  )
  const profile = user.safeParse(me.data)
  if (me.status !== 200 || !profile.success)
    throw new AppError('BAD_GATEWAY', 'Logging in is not possible right now.')
  const vaultKey = newVaultKey()
  await vault.create(vaultKey, tokens.data).catch(() => {
    throw new AppError('UNAVAILABLE', 'Sessions cannot be stored right now; try again in a moment.')
  })
  return { userId: profile.data._id, vaultKey }
}

/** Ends the session here first, then at Conduit as far as that answers. */
export async function logOut(vaultKey: string): Promise<void> {
  const { transport, vault } = conduit()
  const entry = await vault.read(vaultKey).catch(() => undefined)
  await vault.delete(vaultKey).catch(() => {
    throw new AppError(
      'UNAVAILABLE',
      'Logging out is not possible right now; try again in a moment.',
    )
  })
  if (entry)
    await transport(
      { method: 'POST', path: '/authentication/logout', body: {}, timeoutMs: 3_000 },
      entry.accessToken,
    ).catch(() => undefined)
}

export interface Profile {
  id: string
  email: string
}

export async function whoAmI(vaultKey: string): Promise<Profile> {
  const profile = user.safeParse(
    await conduitRequest(vaultKey, { method: 'GET', path: '/authentication/user' }),
  )
  if (!profile.success)
    throw new AppError('BAD_GATEWAY', 'The backend gave an answer that cannot be read.')
  return { id: profile.data._id, email: profile.data.email ?? '' }
}

/** Whether the vault still knows a session. */
export async function isLive(vaultKey: string): Promise<boolean> {
  return (await conduit().vault.read(vaultKey)) !== undefined
}
