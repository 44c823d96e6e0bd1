import { ConduitError } from '../wire/conduit-error.ts'
import type { Row } from '../wire/route.ts'
import type { World } from '../world/world.ts'

/** Conduit's `Token` collection: links and invitations that wait for their user. Source: A/constants/TokenType.ts. */
export type OneTimeType =
  | 'VERIFICATION_TOKEN'
  | 'PASSWORD_RESET_TOKEN'
  | 'CHANGE_EMAIL_TOKEN'
  | 'TEAM_INVITE_TOKEN'
  | 'REGISTER_BIOMETRICS_TOKEN'

export type TokenData = Readonly<Record<string, unknown>>

const SCHEMA = 'Token'

/** Makes one; its `token` is a uuid. */
export function createOneTime(
  world: World,
  fields: { type: OneTimeType; user: string; data?: TokenData },
): Row {
  const now = new Date(world.clock.now()).toISOString()
  const { type, user, data = null } = fields
  const row = {
    _id: world.ids.uuid(),
    tokenType: type,
    user,
    token: world.ids.uuid(),
    data,
    createdAt: now,
    updatedAt: now,
  }
  world.store.table(SCHEMA).insert(row)
  return row
}

/** The token of this very type; undefined when the string is none, or one of another type. */
export function findOneTime(world: World, type: OneTimeType, token: unknown): Row | undefined {
  const row = world.store.table(SCHEMA).findBy('token', token)
  return row?.['tokenType'] === type ? row : undefined
}

/** All of a type that match, oldest first. */
export function listOneTime(
  world: World,
  type: OneTimeType,
  matches: (row: Row) => boolean,
): Row[] {
  return world.store.table(SCHEMA).equal('tokenType', type).filter(matches)
}

/** The oldest token of a type that a user has. */
export function findOneTimeOf(world: World, type: OneTimeType, userId: string): Row | undefined {
  return listOneTime(world, type, (row) => row['user'] === userId)[0]
}

export function dropOneTime(world: World, row: Row): void {
  world.store.table(SCHEMA).delete(row._id)
}

/** The `data` of a token, empty when it has none. */
export function dataOf(row: Row): TokenData {
  const data = row['data']
  return typeof data === 'object' && data !== null ? { ...data } : {}
}

/** Refuses, with 500, a second mail within the threshold. Source: A/utils/index.ts (checkResendThreshold). */
export function checkResendThreshold(world: World, token: Row): void {
  const threshold = world.config.authentication.local.verification.resend_threshold
  const since = Math.abs(world.clock.now() - Date.parse(String(token['createdAt'])))
  if (since >= threshold) return
  const seconds = Math.ceil((threshold - since) / 1000)
  throw new ConduitError(
    'INTERNAL',
    `Verification not sent. You have to wait ${seconds} seconds to try again`,
  )
}

const STATE = 'AuthenticationState'

/** Keeps a value for a time, as Conduit keeps it in Redis. */
export function keep(world: World, key: string, entry: { value: string; lifeMs: number }): void {
  const row = { _id: key, value: entry.value, expiresAt: world.clock.now() + entry.lifeMs }
  world.store.table(STATE).replace(row)
}

/** A kept value, until its time is over by the world's clock. */
export function kept(world: World, key: string): string | undefined {
  const row = world.store.table(STATE).get(key)
  return row && Number(row['expiresAt']) > world.clock.now() ? String(row['value']) : undefined
}

export function dropKept(world: World, key: string): void {
  world.store.table(STATE).delete(key)
}
