import { setTimeout as pause } from 'node:timers/promises'
import axios, { isAxiosError, type AxiosInstance, type AxiosResponse } from 'axios'
import { z } from 'zod'
import { Refusal } from './refusal.ts'
import type { Pair, TokenDrawer } from './token-drawer.ts'

/** A call of the Client API. */
export interface Call {
  method: 'GET' | 'POST'
  url: string
  params?: Record<string, string | number>
  data?: unknown
  signal?: AbortSignal
}

const pairSchema = z.object({ accessToken: z.string().min(1), refreshToken: z.string().min(1) })

const providerSchema = z.object({ result: z.url() })
const userSchema = z.object({ _id: z.string() })

const CALL_MS = 7000
const RENEW_MS = 60_000
const WAIT_MS = 9000
const STEP_MS = 60

const over = () => new Refusal(401, 'signed_out', { over: true })

/** Conduit by axios: tokens from the drawer, one renewal per pair over all instances. */
export class ConduitClient {
  readonly #http: AxiosInstance
  readonly #drawer: TokenDrawer
  readonly #renewals = new Map<string, Promise<Pair>>()

  constructor(baseURL: string, drawer: TokenDrawer) {
    this.#drawer = drawer
    this.#http = axios.create({
      baseURL,
      timeout: CALL_MS,
      maxRedirects: 0,
      maxContentLength: 16 * 1024 * 1024,
      validateStatus: () => true,
      headers: { 'Cache-Control': 'no-cache' },
    })
  }

  /** The pair of a login. 401 for wrong credentials. */
  async signIn(email: string, password: string): Promise<{ access: string; refresh: string }> {
    const answer = await this.#send({
      method: 'POST',
      url: '/authentication/local',
      data: { email, password },
    })
    if (answer.status >= 500) throw new Refusal(502, 'backend_failed')
    if (answer.status !== 200) throw new Refusal(401, 'wrong_credentials')
    return pairIn(answer)
  }

  /** Where a social login begins; it ends at `back`. */
  async providerUrl(back: string): Promise<string> {
    const answer = await this.#send({
      method: 'GET',
      url: '/authentication/init/google',
      params: { redirectUri: back },
    })
    return providerSchema.parse(dataOf(answer)).result
  }

  /** The user that the backend takes a token for. */
  async ownerOf(access: string): Promise<string> {
    const answer = await this.#send({ method: 'GET', url: '/authentication/user' }, access)
    return userSchema.parse(dataOf(answer))._id
  }

  async signOut(pair: { access: string }): Promise<void> {
    await this.#send({ method: 'POST', url: '/authentication/logout' }, pair.access, 2000).catch(
      () => undefined,
    )
  }

  /** Calls in a session's name. A second 401 is passed on, and the session kept. */
  async call(drawer: string, call: Call): Promise<AxiosResponse<unknown>> {
    const pair = await this.#drawer.look(drawer)
    if (!pair) throw over()
    const first = await this.#send(call, pair.access)
    if (first.status !== 401) return first
    const next = await this.#shared(drawer, pair)
    return this.#send(call, next.access)
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.#renewals.values())
  }

  /** A renewal goes on when its callers have given up. */
  #shared(drawer: string, pair: Pair): Promise<Pair> {
    const id = `${drawer} ${pair.number}`
    const known = this.#renewals.get(id)
    const renewal = known ?? this.#search(drawer, pair).finally(() => this.#renewals.delete(id))
    renewal.catch(() => undefined)
    this.#renewals.set(id, renewal)
    return Promise.race([renewal, tooLong()])
  }

  async #search(drawer: string, pair: Pair): Promise<Pair> {
    for (let waited = 0; waited < WAIT_MS; waited += STEP_MS) {
      const claim = await this.#drawer.claimed(drawer, pair, () => this.#renew(drawer, pair))
      if (typeof claim === 'object') return claim
      if (claim === 'gone') throw over()
      if (claim === 'moved') return this.#current(drawer)
      await pause(STEP_MS)
    }
    throw new Refusal(503, 'renewing')
  }

  async #renew(drawer: string, pair: Pair): Promise<Pair> {
    const answer = await this.#send(
      { method: 'POST', url: '/authentication/renew' },
      pair.refresh,
      RENEW_MS,
    ).catch(() => {
      throw new Refusal(503, 'renewal_failed')
    })
    if ([400, 401, 403].includes(answer.status)) {
      if (await this.#drawer.drop(drawer, pair)) throw over()
      return this.#current(drawer)
    }
    if (answer.status !== 200) throw new Refusal(503, 'renewal_failed')
    const next = { number: pair.number + 1, ...pairIn(answer) }
    if (await this.#drawer.put(drawer, next)) return next
    // Signed out meanwhile, as a rule: nobody may use these tokens.
    await this.signOut(next)
    return this.#current(drawer)
  }

  async #current(drawer: string): Promise<Pair> {
    const pair = await this.#drawer.look(drawer)
    if (!pair) throw over()
    return pair
  }

  async #send(call: Call, bearer?: string, timeout = CALL_MS): Promise<AxiosResponse<unknown>> {
    try {
      return await this.#http.request<unknown>({
        ...call,
        timeout,
        headers: bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` },
      })
    } catch (error) {
      const isLate = isAxiosError(error) && error.code === 'ECONNABORTED'
      // The error itself holds the request's headers: nothing of it goes on.
      throw new Refusal(isLate ? 504 : 502, 'backend_away')
    }
  }
}

async function tooLong(): Promise<never> {
  await pause(WAIT_MS, undefined, { ref: false })
  throw new Refusal(503, 'renewing')
}

/** What a 2xx holds; everything else becomes a refusal. */
export function dataOf({ status, data }: AxiosResponse<unknown>): unknown {
  if (status >= 200 && status < 300 && typeof data === 'object') return data
  throw new Refusal(status >= 400 && status < 500 ? status : 502, 'refused')
}

function pairIn({ data }: AxiosResponse<unknown>): { access: string; refresh: string } {
  const parsed = pairSchema.safeParse(data)
  if (!parsed.success) throw new Refusal(502, 'backend_failed')
  return { access: parsed.data.accessToken, refresh: parsed.data.refreshToken }
}
