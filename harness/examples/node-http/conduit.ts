import { setTimeout as pause } from 'node:timers/promises'
import { Refusal, signedOut } from './refusal.ts'
import type { Sessions, Tokens } from './sessions.ts'

const CALL_MS = 7000
/** A renewal given up early would spend its refresh token twice. */
const RENEW_MS = 60_000
const WAIT_MS = 8000
const POLL_MS = 30

export interface Answer {
  status: number
  /** Parsed JSON; undefined when the body is none. */
  data: unknown
}

interface Call {
  method?: 'GET' | 'POST'
  body?: string
  /** Ends the call when its browser has left. */
  signal?: AbortSignal
}

/** Conduit's Client API, called in a session's name. */
export class Conduit {
  readonly #base: string
  readonly #sessions: Sessions
  readonly #renewals = new Set<Promise<unknown>>()

  constructor(base: string, sessions: Sessions) {
    this.#base = base
    this.#sessions = sessions
  }

  /** One exchange. Any status is an answer; no answer is a 502 or 504. */
  async send(
    path: string,
    token: string | undefined,
    call: Call = {},
    ms = CALL_MS,
  ): Promise<Answer> {
    const { method = 'GET', body, signal } = call
    const late = AbortSignal.timeout(ms)
    try {
      const response = await fetch(`${this.#base}${path}`, {
        method,
        redirect: 'manual',
        signal: signal ? AbortSignal.any([signal, late]) : late,
        headers: {
          'cache-control': 'no-cache',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body }),
      })
      return { status: response.status, data: parsed(await response.text()) }
    } catch {
      throw new Refusal(late.aborted ? 504 : 502, 'no answer')
    }
  }

  /** Calls as the session's user; a refused token is renewed once and the call repeated once. A second 401 is the answer. */
  async call(id: string, path: string, call: Call = {}): Promise<Answer> {
    const tokens = await this.#current(id)
    const first = await this.send(path, tokens.access, call)
    if (first.status !== 401) return first
    const next = await this.#after(id, tokens)
    return this.send(path, next.access, call)
  }

  /** Waits for renewals under way. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#renewals)
  }

  async #current(id: string): Promise<Tokens> {
    const tokens = await this.#sessions.read(id)
    if (!tokens) throw signedOut()
    return tokens
  }

  /** The tokens that follow `old`: whoever gets the lock renews them, the others wait until they are there. */
  async #after(id: string, old: Tokens): Promise<Tokens> {
    for (let waited = 0; waited < WAIT_MS; waited += POLL_MS) {
      const tokens = await this.#current(id)
      if (tokens.turn !== old.turn) return tokens
      const renewal = this.#sessions.alone(id, () => this.#renew(id, old))
      this.#keep(renewal)
      const late = pause(WAIT_MS, 'late' as const, { ref: false })
      const renewed = await Promise.race([renewal, late])
      if (renewed === 'late') break
      if (renewed) return renewed
      await pause(POLL_MS)
    }
    throw new Refusal(503, 'renewing')
  }

  /** A renewal is nobody's request: it goes on when its caller has left. */
  #keep(renewal: Promise<unknown>): void {
    this.#renewals.add(renewal)
    void renewal
      .catch(() => undefined)
      .finally(() => {
        this.#renewals.delete(renewal)
      })
  }

  async #renew(id: string, old: Tokens): Promise<Tokens> {
    const tokens = await this.#current(id)
    if (tokens.turn !== old.turn) return tokens
    const { status, data } = await this.send(
      '/authentication/renew',
      tokens.refresh,
      { method: 'POST' },
      RENEW_MS,
    )
    if (status === 400 || status === 401 || status === 403) {
      await this.#sessions.end(id, tokens)
      throw signedOut()
    }
    const next = status === 200 ? pairIn(data) : undefined
    if (!next) throw new Refusal(503, 'renewal failed')
    if (await this.#sessions.replace(id, tokens, next)) return { ...next, turn: tokens.turn + 1 }
    // Signed out meanwhile: nobody may use these tokens.
    await this.send('/authentication/logout', next.access, { method: 'POST' }).catch(
      () => undefined,
    )
    throw signedOut()
  }
}

/** The pair in the answer of a login or renewal. */
export function pairIn(data: unknown): { access: string; refresh: string } | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  if (!('accessToken' in data) || !('refreshToken' in data)) return undefined
  const { accessToken: access, refreshToken: refresh } = data
  if (typeof access !== 'string' || typeof refresh !== 'string') return undefined
  return access === '' || refresh === '' ? undefined : { access, refresh }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
