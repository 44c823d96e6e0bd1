import type { TokenState } from '../control/types.ts'
import type { AccessClaims } from '../wire/route.ts'
import type { PartKey, StatePart } from '../world/part.ts'

/** One token the world made. Immutable: a change of fate replaces the record under its serial. */
export interface StoredToken {
  /** 1, 2, 3 … per world; an access token and the refresh token made with it share `generation`. */
  readonly serial: number
  readonly kind: 'access' | 'refresh'
  readonly token: string
  readonly userId: string
  readonly clientId: string
  readonly generation: number
  readonly session: number
  /** Milliseconds of the world's clock, as is `expiresAt`. */
  readonly issuedAt: number
  readonly expiresAt: number
  /** Live until rotated by a renew, or revoked by logout, another login, an operator. Expiry is computed on read. */
  readonly fate: 'live' | 'rotated' | 'revoked'
  /** Of access tokens: claims, and the secret they were signed with. */
  readonly claims?: AccessClaims
  readonly secret?: string
  /** Of rotated refresh tokens: the generation that replaced them, and whether `grace` has replayed it. */
  readonly successor?: number
  readonly replayed?: boolean
}

/** What the world remembers of one user's tokens. */
export interface UserTokens {
  readonly generation: number
  readonly sessions: number
  readonly renews: number
  readonly reuses: number
  /** Set by decree: no access token of the user counts as authorized. */
  readonly twoFaRequired: boolean
  readonly serials: readonly number[]
  readonly live: readonly number[]
}

/** What a token pair is made of. */
export interface NewPair {
  userId: string
  clientId: string
  /** The session to go on with; absent for a new login. */
  session: number | undefined
  issuedAt: number
  access: { token: string; expiresAt: number; claims: AccessClaims; secret: string }
  refresh: { token: string; expiresAt: number } | undefined
}

export interface StoredPair {
  access: StoredToken
  refresh: StoredToken | undefined
}

interface Data {
  serial: number
  records: Map<number, StoredToken>
  byString: Map<string, readonly number[]>
  users: Map<string, UserTokens>
  /** Expired refresh rows up to this serial and time are gone, as after any renew in Conduit. */
  swept: { at: number; serial: number }
}

const nobody: UserTokens = {
  generation: 0,
  sessions: 0,
  renews: 0,
  reuses: 0,
  twoFaRequired: false,
  serials: [],
  live: [],
}

/** Dead tokens are forgotten past this number per user; Conduit answers a forgotten one as it does a revoked one. */
const REMEMBERED = 1_000

/** All tokens of one world, found by their string. Forks share everything until either side writes. */
export class TokenStore implements StatePart {
  #data: Data
  #shared = false
  /** Refresh tokens whose renew is in flight (rotation `racy`); never forked. */
  readonly flights = new Map<string, RenewFlight>()
  /** Per user and claims: how many tokens this second has seen, so that a distinct one is found at once. Only a hint, never forked. */
  readonly #seen = new Map<string, { second: number; count: number }>()

  constructor(data?: Data) {
    this.#data = data ?? {
      serial: 0,
      records: new Map(),
      byString: new Map(),
      users: new Map(),
      swept: { at: -Infinity, serial: 0 },
    }
  }

  has(token: string): boolean {
    return this.#data.byString.has(token)
  }

  /** How far to move `iat` before a token of these claims can be a new string; `has` has the last word. */
  nextShift(claims: string, second: number): number {
    const seen = this.#seen.get(claims)
    const shift = seen?.second === second ? seen.count : 0
    if (this.#seen.size > 10_000) this.#seen.clear()
    this.#seen.set(claims, { second, count: shift + 1 })
    return shift
  }

  /** The record of this string that is live for this client, else the newest of the string. */
  pick(token: string, clientId?: string): StoredToken | undefined {
    const serials = this.#data.byString.get(token)
    if (!serials) return undefined
    let last: StoredToken | undefined
    for (const serial of serials) {
      const record = this.#data.records.get(serial)
      if (record?.fate === 'live' && (clientId === undefined || record.clientId === clientId))
        return record
      last = record ?? last
    }
    return last
  }

  get(serial: number): StoredToken | undefined {
    return this.#data.records.get(serial)
  }

  user(userId: string): UserTokens {
    return this.#data.users.get(userId) ?? nobody
  }

  tokensOf(userId: string): StoredToken[] {
    return this.#read(this.user(userId).serials)
  }

  liveOf(userId: string): StoredToken[] {
    return this.#read(this.user(userId).live)
  }

  everyToken(): StoredToken[] {
    return [...this.#data.records.values()]
  }

  /** The oldest refresh token of a client that was not taken out of use, of whatever user. */
  firstRefresh(clientId: string): StoredToken | undefined {
    for (const record of this.#data.records.values()) {
      const fits = record.kind === 'refresh' && record.clientId === clientId
      if (fits && record.fate === 'live' && !this.isSwept(record)) return record
    }
    return undefined
  }

  /** True when Conduit would have deleted this expired refresh row in the course of somebody's renew. */
  isSwept(record: StoredToken): boolean {
    const { swept } = this.#data
    return (
      record.kind === 'refresh' && record.expiresAt <= swept.at && record.serial <= swept.serial
    )
  }

  sweep(now: number): void {
    const data = this.#own()
    data.swept = { at: now, serial: data.serial }
  }

  /** Stores a new pair; the user's generation counts up. */
  insert(pair: NewPair): StoredPair {
    const data = this.#own()
    const user = this.user(pair.userId)
    const generation = user.generation + 1
    const session = pair.session ?? user.sessions + 1
    const { userId, clientId, issuedAt } = pair
    const common = { userId, clientId, generation, session, issuedAt, fate: 'live' as const }
    const access = this.#add({
      ...common,
      ...pair.access,
      kind: 'access',
      serial: (data.serial += 1),
    })
    const refresh =
      pair.refresh &&
      this.#add({ ...common, ...pair.refresh, kind: 'refresh', serial: (data.serial += 1) })
    const made = refresh ? [access.serial, refresh.serial] : [access.serial]
    const kept = this.#forget(user)
    data.users.set(userId, {
      ...user,
      generation,
      sessions: Math.max(user.sessions, session),
      serials: [...kept, ...made],
      live: [...user.live, ...made],
    })
    return { access, refresh }
  }

  /** Changes fields of a record; a token that is no longer live stays remembered. */
  change(
    serial: number,
    patch: Partial<Pick<StoredToken, 'fate' | 'expiresAt' | 'successor' | 'replayed'>>,
  ): void {
    const record = this.#data.records.get(serial)
    if (!record) return
    const data = this.#own()
    data.records.set(serial, { ...record, ...patch })
    if (patch.fate === undefined || patch.fate === 'live') return
    const user = this.user(record.userId)
    data.users.set(record.userId, { ...user, live: user.live.filter((each) => each !== serial) })
  }

  /** Revokes the user's live tokens that match; returns how many. */
  revoke(userId: string, matches: (record: StoredToken) => boolean = () => true): number {
    const doomed = this.liveOf(userId).filter(matches)
    for (const { serial } of doomed) this.change(serial, { fate: 'revoked' })
    return doomed.length
  }

  count(userId: string, what: 'renews' | 'reuses'): void {
    const user = this.user(userId)
    this.#own().users.set(userId, { ...user, [what]: user[what] + 1 })
  }

  setTwoFaRequired(userId: string, twoFaRequired: boolean): void {
    this.#own().users.set(userId, { ...this.user(userId), twoFaRequired })
  }

  fork(): TokenStore {
    const copy = new TokenStore(this.#data)
    copy.#shared = true
    this.#shared = true
    return copy
  }

  #read(serials: readonly number[]): StoredToken[] {
    return serials
      .map((serial) => this.#data.records.get(serial))
      .filter((record) => record !== undefined)
  }

  #add(record: StoredToken): StoredToken {
    const { records, byString } = this.#data
    records.set(record.serial, record)
    byString.set(record.token, [...(byString.get(record.token) ?? []), record.serial])
    return record
  }

  /** The serials of a user that stay remembered. */
  #forget(user: UserTokens): readonly number[] {
    if (user.serials.length < 2 * REMEMBERED) return user.serials
    const live = new Set(user.live)
    const recent = user.serials.length - REMEMBERED
    const kept = user.serials.filter((serial, at) => at >= recent || live.has(serial))
    const keeps = new Set(kept)
    for (const serial of user.serials) if (!keeps.has(serial)) this.#drop(serial)
    return kept
  }

  #drop(serial: number): void {
    const { records, byString } = this.#data
    const record = records.get(serial)
    if (!record) return
    records.delete(serial)
    const others = (byString.get(record.token) ?? []).filter((each) => each !== serial)
    if (others.length > 0) byString.set(record.token, others)
    else byString.delete(record.token)
  }

  #own(): Data {
    if (this.#shared) {
      const { serial, records, byString, users, swept } = this.#data
      this.#data = {
        serial,
        records: new Map(records),
        byString: new Map(byString),
        users: new Map(users),
        swept,
      }
      this.#shared = false
    }
    return this.#data
  }
}

/** Renews of one refresh token that met before the first of them was answered. */
export interface RenewFlight {
  /** How many have arrived. */
  joined: number
  /** True once the first of them has consumed the token. */
  committed: boolean
}

export const TOKENS: PartKey<TokenStore> = {
  name: 'tokens',
  create: () => new TokenStore(),
  is: (part) => part instanceof TokenStore,
}

/** A token's state at a time. An access token is dead in the millisecond it expires, a refresh token after it. Source: jsonwebtoken's `>=`, A/handlers/common.ts:43. */
export function tokenState(record: StoredToken, now: number): TokenState {
  if (record.fate !== 'live') return record.fate
  const expired = record.kind === 'access' ? now >= record.expiresAt : now > record.expiresAt
  return expired ? 'expired' : 'live'
}
