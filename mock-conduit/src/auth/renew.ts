import { ConduitError } from '../wire/conduit-error.ts'
import type { RouteContext, RouteMiddleware, Row } from '../wire/route.ts'
import { raceWindow } from '../world/race-window.ts'
import type { World } from '../world/world.ts'
import { requireUser } from './middleware.ts'
import { readToken } from './read-token.ts'
import { refreshByCondition } from './refresh-condition.ts'
import { giveTokens, type TokenAnswer, tokenAnswer } from './token-answer.ts'
import {
  type RenewFlight,
  type StoredToken,
  TOKENS,
  type TokenStore,
  tokenState,
} from './token-store.ts'

/** Real milliseconds in which simultaneous requests of rotation `racy` meet. */
export const RACE_WINDOW_MS = 25

/** So many windows at most, for a token that someone sends on and on. */
const WINDOWS_AT_MOST = 10

const RENEW_PATH = '/authentication/renew'

const notFound = () => new ConduitError('INVALID_ARGUMENT', 'Refresh token not found')

/** On the exact path a refresh token is expected; written otherwise (slash, case) the path makes Conduit look for an access token. Source: A/routes/middleware.ts:33-35. */
export const requireRefreshToken: RouteMiddleware = (context) => {
  if (context.request.path !== RENEW_PATH) return requireUser(context)
  readToken(context, 'refresh')
}

/**
 * Swaps a refresh token for a new pair, by the world's rotation mode. Without a token (an empty header and no cookie, or
 * a path that is written otherwise) Conduit's query names the client only: it renews the first session that it finds,
 * whoever's. Source: A/handlers/common.ts:28-72; recordings auth-renew-*.
 */
export function renew(context: RouteContext): Promise<TokenAnswer> {
  const { world, clientId } = context
  const token = context.request.path === RENEW_PATH ? readToken(context, 'refresh') : undefined
  const tokens = world.part(TOKENS)
  const record = recordOf(tokens, token, clientId)
  if (record?.kind !== 'refresh' || record.clientId !== clientId || tokens.isSwept(record))
    throw notFound()
  return world.options.rotation === 'racy' ? renewRacy(context, record) : renewOnce(context, record)
}

function recordOf(tokens: TokenStore, token: unknown, clientId: string): StoredToken | undefined {
  if (typeof token === 'string') return tokens.pick(token, clientId)
  if (token === undefined) return tokens.firstRefresh(clientId)
  return refreshByCondition(tokens, token, clientId)
}

/** Refuses what Conduit refuses; returns the user. */
function ownerOf({ world }: RouteContext, record: StoredToken): Row {
  if (tokenState(record, world.clock.now()) === 'expired')
    throw new ConduitError('INVALID_ARGUMENT', 'Token expired')
  const user = world.store.table('User').get(record.userId)
  if (!user) throw new ConduitError('PERMISSION_DENIED', 'Invalid user')
  if (user['active'] !== true) throw new ConduitError('PERMISSION_DENIED', 'User is blocked')
  return user
}

/** `strict`, `family`, `grace`: a token is consumed in one tick, however close two renews are. */
async function renewOnce(context: RouteContext, record: StoredToken): Promise<TokenAnswer> {
  const { world, clientId } = context
  if (record.fate !== 'live') return reused(context, record)
  const tokens = world.part(TOKENS)
  let lost: StoredToken | undefined
  const user = ownerOf(context, record)
  const commit = () => {
    const current = tokens.get(record.serial)
    if (current?.fate !== 'live') {
      lost = current
      throw notFound()
    }
    return { session: consume(context, record), keepOthers: false }
  }
  try {
    return await giveTokens(world, { user, clientId, renewal: true, commit })
  } catch (error) {
    if (lost) return reused(context, lost)
    throw error
  }
}

/** Takes the refresh token and the access token made with it out of use; returns the session. */
function consume({ world }: RouteContext, record: StoredToken): number {
  const tokens = world.part(TOKENS)
  const { userId, generation } = record
  for (const each of tokens.liveOf(userId)) {
    if (each.generation !== generation) continue
    const successor = tokens.user(userId).generation + 1
    tokens.change(each.serial, {
      fate: 'rotated',
      ...(each.kind === 'refresh' ? { successor } : {}),
    })
  }
  tokens.sweep(world.clock.now())
  tokens.count(userId, 'renews')
  return record.session
}

/** A refresh token that is not live any more: counted when it was used before; `family` ends the session, `grace` repeats the last answer once. */
function reused({ world }: RouteContext, record: StoredToken): TokenAnswer {
  const tokens = world.part(TOKENS)
  if (record.fate !== 'rotated') throw notFound()
  tokens.count(record.userId, 'reuses')
  if (world.options.rotation === 'family')
    tokens.revoke(record.userId, ({ session }) => session === record.session)
  if (world.options.rotation !== 'grace' || record.replayed) throw notFound()
  const successors = tokens
    .liveOf(record.userId)
    .filter(({ generation }) => generation === record.successor)
  const access = successors.find(({ kind }) => kind === 'access')
  if (!access) throw notFound()
  tokens.change(record.serial, { replayed: true })
  return tokenAnswer(world, { access, refresh: successors.find(({ kind }) => kind === 'refresh') })
}

/** Conduit as recorded: every renew of a token that arrives before the first of them is answered succeeds. */
async function renewRacy(context: RouteContext, record: StoredToken): Promise<TokenAnswer> {
  const { world, clientId } = context
  const tokens = world.part(TOKENS)
  const joined = tokens.flights.get(record.token)
  if (!joined && record.fate !== 'live') return reused(context, record)
  const user = ownerOf(context, { ...record, fate: 'live' })
  const flight = joined ?? { joined: 0, committed: false }
  flight.joined += 1
  if (joined) tokens.count(record.userId, 'reuses')
  else tokens.flights.set(record.token, flight)
  context.onAnswered(() => {
    if (tokens.flights.get(record.token) === flight) tokens.flights.delete(record.token)
  })
  await allHaveMet(world, flight)
  const commit = () => {
    const keepOthers = flight.committed
    if (!keepOthers) consume(context, record)
    flight.committed = true
    return { session: record.session, keepOthers }
  }
  return giveTokens(world, { user, clientId, renewal: true, commit })
}

/** Waits until no further renew has joined the flight for a whole window. */
async function allHaveMet(world: World, flight: RenewFlight): Promise<void> {
  for (let left = WINDOWS_AT_MOST; left > 0; left -= 1) {
    const { joined } = flight
    await raceWindow(world, RACE_WINDOW_MS)
    if (flight.joined === joined) return
  }
}
