import { setTimeout as pause } from 'node:timers/promises'
import { errors, type Agent } from 'undici'
import { Fault, sessionOver } from './fault.ts'
import { pairFrom, type Pair, type Stored, type TokenStore } from './token-store.ts'

const CALL_MS = 7000
/** Longer than any caller waits: a renewal that is given up has spent its refresh token all the same. */
const RENEW_MS = 60_000
const WAIT_MS = 9000
const PAUSE_MS = 40

export interface Call {
  method?: 'GET' | 'POST'
  query?: Readonly<Record<string, string | number>>
  json?: unknown
  signal?: AbortSignal
}

export interface Answer {
  status: number
  /** Parsed JSON; undefined when it is none. */
  data: unknown
}

/** The Client API over undici; tokens from the store. */
export class Conduit {
  readonly #agent: Agent
  readonly #base: URL
  readonly #store: TokenStore
  readonly #running = new Map<string, Promise<Stored>>()

  constructor(base: string, { agent, store }: { agent: Agent; store: TokenStore }) {
    this.#base = new URL(base)
    this.#agent = agent
    this.#store = store
  }

  async login(email: string, password: string): Promise<Pair> {
    const json = { email, password }
    const answer = await this.#send('/authentication/local', { method: 'POST', json })
    if (answer.status >= 500) throw new Fault(502, 'BACKEND_FAILED')
    if (answer.status !== 200) throw new Fault(401, 'WRONG_CREDENTIALS')
    return pairFrom(answer.data)
  }

  /** Best effort: the session is over here whatever Conduit says. */
  async logout({ accessToken }: Pair): Promise<void> {
    const call = { method: 'POST' } as const
    await this.#send('/authentication/logout', call, accessToken, 2000).catch(() => undefined)
  }

  /** A call in a session's name. 401 renews once, whoever does it, and repeats once; a second 401 is the answer. */
  async call(session: string, path: string, call: Call = {}): Promise<Answer> {
    const stored = await this.#read(session)
    const first = await this.#send(path, call, stored.pair.accessToken)
    if (first.status !== 401) return first
    const { pair } = await this.#next(session, stored)
    return this.#send(path, call, pair.accessToken)
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.#running.values())
  }

  async #read(session: string): Promise<Stored> {
    const stored = await this.#store.read(session)
    if (!stored) throw sessionOver()
    return stored
  }

  /** What follows `old`. All callers in this process share one search, which goes on when they have left. */
  #next(session: string, old: Stored): Promise<Stored> {
    const id = `${session} ${old.version}`
    let search = this.#running.get(id)
    if (!search) {
      search = this.#search(session, old).finally(() => this.#running.delete(id))
      search.catch(() => undefined)
      this.#running.set(id, search)
    }
    return Promise.race([search, tooLong()])
  }

  async #search(session: string, old: Stored): Promise<Stored> {
    for (let waited = 0; waited < WAIT_MS; waited += PAUSE_MS) {
      const outcome = await this.#store.claiming(session, old, () => this.#renew(session, old))
      if (outcome === 'over') throw sessionOver()
      if (outcome === 'newer') return this.#read(session)
      if (outcome !== 'busy') return outcome
      await pause(PAUSE_MS)
    }
    throw new Fault(503, 'RENEWING')
  }

  async #renew(session: string, old: Stored): Promise<Stored> {
    const call = { method: 'POST' } as const
    const { status, data } = await this.#send(
      '/authentication/renew',
      call,
      old.pair.refreshToken,
      RENEW_MS,
    )
    if (status === 400 || status === 401 || status === 403) {
      await this.#store.close(session, old)
      throw sessionOver()
    }
    if (status !== 200) throw new Fault(503, 'RENEWAL_FAILED')
    const pair = pairFrom(data)
    if (await this.#store.advance(session, old, pair)) return { version: old.version + 1, pair }
    await this.logout(pair) // signed out meanwhile: nobody may use it
    return this.#read(session)
  }

  async #send(path: string, call: Call, bearer?: string, ms = CALL_MS): Promise<Answer> {
    const { method = 'GET', query, json, signal } = call
    const late = AbortSignal.timeout(ms)
    try {
      const { statusCode, body } = await this.#agent.request({
        origin: this.#base.origin,
        path,
        method,
        signal: signal ? AbortSignal.any([signal, late]) : late,
        headersTimeout: ms,
        bodyTimeout: ms,
        headers: {
          'cache-control': 'no-cache',
          ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(query === undefined ? {} : { query: { ...query } }),
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      })
      return { status: statusCode, data: parsed(await body.text()) }
    } catch (error) {
      const isLate = late.aborted || error instanceof errors.HeadersTimeoutError
      throw new Fault(isLate ? 504 : 502, 'BACKEND_AWAY')
    }
  }
}

async function tooLong(): Promise<never> {
  await pause(WAIT_MS, undefined, { ref: false })
  throw new Fault(503, 'RENEWING')
}

/** What a 200 holds; of everything else only the status goes on. */
export function dataOf({ status, data }: Answer): unknown {
  if (status === 200 && data !== undefined) return data
  throw new Fault(status >= 400 && status < 500 ? status : 502, 'REFUSED')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
