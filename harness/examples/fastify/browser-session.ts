import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Fault, sessionOver } from './fault.ts'

const VISIT = 'helpdesk-visit'

/** The browser's side: a signed session cookie, and a token against forged requests that is bound to it. */
export class BrowserSession {
  readonly #secret: string
  readonly #secure: boolean
  readonly #session: string

  constructor(secret: string, origin: string) {
    this.#secret = secret
    this.#secure = origin.startsWith('https:')
    this.#session = this.#secure ? '__Host-helpdesk' : 'helpdesk'
  }

  /** The session id; undefined without a cookie that we signed. */
  idOf(request: FastifyRequest): string | undefined {
    const cookie = request.cookies[this.#session]
    const { valid, value } = request.unsignCookie(cookie ?? '')
    return valid ? value : undefined
  }

  require(request: FastifyRequest): string {
    const id = this.idOf(request)
    if (id === undefined) throw sessionOver()
    return id
  }

  /** A new id for a new session, set as a cookie. */
  begin(reply: FastifyReply): string {
    const id = randomBytes(24).toString('base64url')
    reply.setCookie(this.#session, id, { ...this.#flags(), signed: true, maxAge: 604_800 })
    return id
  }

  end(reply: FastifyReply): void {
    reply.clearCookie(this.#session, this.#flags())
  }

  /** The token for a page's scripts. Every visitor has a cookie of their own for it, before the login too. */
  csrfToken(request: FastifyRequest, reply: FastifyReply): string {
    const known = request.cookies[VISIT]
    const visit = known ?? randomBytes(16).toString('base64url')
    if (known === undefined) reply.setCookie(VISIT, visit, this.#flags())
    return this.#tokenOf(visit, this.idOf(request))
  }

  /** Refuses a request that changes something and does not repeat the token in `x-csrf-token`. */
  demandToken(request: FastifyRequest): void {
    const visit = request.cookies[VISIT]
    const given = request.headers['x-csrf-token']
    if (visit === undefined || typeof given !== 'string') throw new Fault(403, 'CSRF')
    const wanted = this.#tokenOf(visit, this.idOf(request))
    if (given.length !== wanted.length || !timingSafeEqual(Buffer.from(given), Buffer.from(wanted)))
      throw new Fault(403, 'CSRF')
  }

  #tokenOf(visit: string, session = ''): string {
    return createHmac('sha256', this.#secret).update(`${visit}\n${session}`).digest('base64url')
  }

  #flags() {
    return { path: '/', httpOnly: true, secure: this.#secure, sameSite: 'lax' } as const
  }
}
