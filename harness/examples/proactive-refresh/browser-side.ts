import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Problem } from './problem.ts'

const SESSION = '__Host-visit'
const PROOF = 'proof'
const WEEK = 7 * 24 * 3600
const ID = /^[0-9a-f]{64}$/

/** The session id that a request carries. */
export function visitOf(request: IncomingMessage): string | undefined {
  const values = cookiesNamed(request, SESSION)
  return values.length === 1 && ID.test(values[0] ?? '') ? values[0] : undefined
}

export const newVisit = (): string => randomBytes(32).toString('hex')

/** Cookies of a new session. */
export function welcome(response: ServerResponse, visit: string): void {
  response.appendHeader(
    'set-cookie',
    `${SESSION}=${visit}; Path=/; Max-Age=${WEEK}; HttpOnly; Secure; SameSite=Lax`,
  )
}

/** Cookies of a session that is over. */
export function farewell(response: ServerResponse): void {
  response.appendHeader(
    'set-cookie',
    `${SESSION}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax`,
  )
}

/** Gives a page the cookie whose value its script must repeat in a header. */
export function handOutProof(request: IncomingMessage, response: ServerResponse): void {
  if (cookiesNamed(request, PROOF).length > 0) return
  const value = randomBytes(16).toString('hex')
  response.appendHeader('set-cookie', `${PROOF}=${value}; Path=/; Secure; SameSite=Strict`)
}

/** Refuses requests that change something without the cookie's value in a header: other sites can send the cookie, but not read it. */
export function demandProof(request: IncomingMessage): void {
  const [cookie] = cookiesNamed(request, PROOF)
  const header = request.headers['x-proof']
  if (cookie === undefined || typeof header !== 'string' || !same(cookie, header))
    throw new Problem(403, 'no-proof')
}

const same = (one: string, other: string) =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))

const cookiesNamed = (request: IncomingMessage, name: string) =>
  (request.headers.cookie ?? '').split('; ').flatMap((pair) => {
    const [key, ...value] = pair.split('=')
    return key === name ? [value.join('=')] : []
  })
