import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { ask, type Answered, type Asked } from './backend.ts'
import { Problem, signedOut } from './problem.ts'
import type { Settings } from './settings.ts'
import type { Page, Reading, TokenBook } from './token-book.ts'

/** Renewed this long before the token's own end, so that hardly any call meets a 401. */
const MARGIN_MS = 30_000
/** For a token whose own word on it cannot be used. */
const LIFE_MS = 3_600_000
const RENEWAL_MS = 8000
const PAUSE_MS = 50

const pairSchema = z.object({ accessToken: z.string().min(1), refreshToken: z.string().min(1) })
const claimsSchema = z.object({ exp: z.number() })

/** The page that a login or renewal answer makes. */
export function pageFrom(text: string, version: number): Page {
  try {
    const { accessToken, refreshToken } = pairSchema.parse(JSON.parse(text))
    const claims = Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString('utf8')
    const { exp } = claimsSchema.parse(JSON.parse(claims))
    return { version, access: accessToken, refresh: refreshToken, until: exp * 1000 }
  } catch (cause) {
    throw new Problem(502, 'nonsense', { cause })
  }
}

/** Calls of the backend in a session's name: renewed ahead of time by the token's `exp`, and after a 401. */
export class FreshTokens {
  readonly #settings: Settings
  readonly #book: TokenBook
  readonly #running = new Map<string, Promise<Reading>>()
  readonly #now: () => number

  constructor(settings: Settings, book: TokenBook, now: () => number = Date.now) {
    this.#settings = settings
    this.#book = book
    this.#now = now
  }

  async call(session: string, path: string, asked: Asked = {}): Promise<Answered> {
    const reading = await this.#ahead(session)
    const first = await ask(this.#settings, path, { ...asked, token: reading.page.access })
    if (first.status !== 401) return first
    const { page } = await this.#next(session, reading)
    return ask(this.#settings, path, { ...asked, token: page.access })
  }

  /** Waits for renewals under way. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#running.values())
  }

  async #ahead(session: string): Promise<Reading> {
    const reading = await this.#book.read(session)
    if (!reading) throw signedOut()
    return reading.page.until - this.#now() > MARGIN_MS ? reading : this.#next(session, reading)
  }

  /** The page after `old`; everybody in this process who asks for it shares one search. */
  #next(session: string, old: Reading): Promise<Reading> {
    const id = `${session} ${old.page.version}`
    const running = this.#running.get(id)
    if (running) return running
    const search = this.#search(session, old).finally(() => this.#running.delete(id))
    search.catch(() => undefined)
    this.#running.set(id, search)
    return search
  }

  async #search(session: string, old: Reading): Promise<Reading> {
    const giveUp = this.#now() + RENEWAL_MS + 2000
    while (this.#now() < giveUp) {
      const turned = await this.#book.alone(session, RENEWAL_MS * 2, () =>
        this.#turn(session, old.page.version),
      )
      if (turned) return turned
      const current = await this.#book.read(session)
      if (!current) throw signedOut()
      if (current.page.version !== old.page.version) return current
      await pause(PAUSE_MS)
    }
    throw new Problem(503, 'renewal-takes-long')
  }

  async #turn(session: string, version: number): Promise<Reading> {
    const current = await this.#book.read(session)
    if (!current) throw signedOut()
    if (current.page.version !== version) return current
    const answer = await ask(this.#settings, '/authentication/renew', {
      method: 'POST',
      token: current.page.refresh,
      patienceMs: RENEWAL_MS,
    })
    if ([400, 401, 403].includes(answer.status)) {
      if (await this.#book.tearOut(session, current)) throw signedOut()
      return this.#latest(session)
    }
    if (answer.status !== 200) throw new Problem(503, 'renewal-failed')
    const page = this.#believable(pageFrom(answer.text, version + 1))
    if (!(await this.#book.turn(session, current, page)))
      // Signed out meanwhile, as a rule: nobody may use these tokens.
      await ask(this.#settings, '/authentication/logout', {
        method: 'POST',
        token: page.access,
      }).catch(() => undefined)
    return this.#latest(session)
  }

  /** A new token that is over already tells that the clocks disagree: then only a 401 says when to renew. */
  #believable(page: Page): Page {
    return page.until - this.#now() > MARGIN_MS ? page : { ...page, until: this.#now() + LIFE_MS }
  }

  async #latest(session: string): Promise<Reading> {
    const reading = await this.#book.read(session)
    if (!reading) throw signedOut()
    return reading
  }
}
