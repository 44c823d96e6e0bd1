import type { TokenRecord, UserSummary } from '../control/types.ts'
import type { Row } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { type StoredToken, TOKENS, tokenState } from './token-store.ts'
import { patchUser } from './user-directory.ts'

export { findUser } from './user-directory.ts'

/** The user's live tokens of a kind are expired from now on; renewing an access token stays possible unless `what` covers refresh tokens. */
export function expireTokens(
  world: World,
  userId: string,
  what: 'access' | 'refresh' | 'both' = 'access',
): void {
  const now = world.clock.now()
  const tokens = world.part(TOKENS)
  for (const { serial, kind, expiresAt } of tokens.liveOf(userId)) {
    if (what === 'both' || what === kind)
      tokens.change(serial, { expiresAt: Math.min(expiresAt, kind === 'access' ? now : now - 1) })
  }
}

/** Revokes all tokens of a user, as an operator's logout does. */
export function revokeTokens(world: World, userId: string): void {
  world.part(TOKENS).revoke(userId)
}

/** Blocks or unblocks a user; tokens stay as they are and work again after unblocking. */
export function setActive(world: World, userId: string, active: boolean): void {
  patchUser(world, userId, { active })
}

/** From now on every access token of the user, also a renewed one, answers 401 `2FA is required`, until the second factor is passed or the world is reset. */
export function require2fa(world: World, userId: string): void {
  patchUser(world, userId, { hasTwoFA: true, twoFaMethod: 'authenticator' })
  world.part(TOKENS).setTwoFaRequired(userId, true)
}

/** All users with their tokens and counters, in the order they were last written. */
export function listUsers(world: World): UserSummary[] {
  return Array.from(world.store.table('User').rows(), (row) => {
    const { renews, reuses } = world.part(TOKENS).user(row._id)
    const tokens = listTokens(world, row._id)
    return {
      _id: row._id,
      email: text(row, 'email'),
      username: text(row, 'username'),
      active: row['active'] === true,
      renews,
      reuses,
      tokens,
    }
  })
}

/** Tokens of one user, or of all, oldest first, with their state as of now. */
export function listTokens(world: World, userId?: string): TokenRecord[] {
  const tokens = world.part(TOKENS)
  return (userId === undefined ? tokens.everyToken() : tokens.tokensOf(userId)).map((record) =>
    toRecord(world, record),
  )
}

function toRecord(world: World, record: StoredToken): TokenRecord {
  const { kind, userId, generation, session, token, issuedAt, expiresAt } = record
  const user = world.store.table('User').get(userId)
  const email = user ? text(user, 'email') : null
  return {
    kind,
    userId,
    email,
    generation,
    session,
    token,
    state: tokenState(record, world.clock.now()),
    issuedAt,
    expiresAt,
  }
}

function text(row: Row, field: string): string | null {
  const value = row[field]
  return typeof value === 'string' ? value : null
}
