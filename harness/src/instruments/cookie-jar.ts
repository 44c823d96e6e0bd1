/** A cookie as a browser keeps it. Only what a single host needs: domains are not told apart. */
export interface Cookie {
  name: string
  value: string
  path: string
  /** Milliseconds since the epoch; undefined for a session cookie. */
  expiresAt: number | undefined
  httpOnly: boolean
  secure: boolean
  sameSite: string | undefined
}

/** Browsers drop a cookie whose name and value are longer. */
const MAX_COOKIE_BYTES = 4096

/** Parses one `Set-Cookie` value; undefined where a browser would refuse it. */
export function parseSetCookie(
  header: string,
  requestPath: string,
  now: number,
): Cookie | undefined {
  const cookie = writtenCookie(header, requestPath, now)
  const attributes = new Map(header.split(';').slice(1).map(attributeOf))
  return refusal(cookie.name, cookie.value, attributes) === undefined ? cookie : undefined
}

/** What one `Set-Cookie` value says, whether a browser would keep it or not. */
export function writtenCookie(header: string, requestPath: string, now: number): Cookie {
  const [pair = '', ...rest] = header.split(';')
  const at = pair.indexOf('=')
  const name = pair.slice(0, Math.max(at, 0)).trim()
  const value = pair.slice(at + 1).trim()
  const attributes = new Map(rest.map(attributeOf))
  const secure = attributes.has('secure')
  const sameSite = attributes.get('samesite')
  const path = attributes.get('path')
  return {
    name,
    value,
    path: path?.startsWith('/') ? path : defaultPath(requestPath),
    expiresAt: expiryOf(attributes, now),
    httpOnly: attributes.has('httponly'),
    secure,
    sameSite,
  }
}

/** Why a browser refuses a `Set-Cookie` value, for messages; undefined when it keeps it. */
export function whyRefused(header: string, requestPath: string): string | undefined {
  const cookie = parseSetCookie(header, requestPath, Date.now())
  if (cookie)
    return cookie.expiresAt !== undefined && cookie.expiresAt <= Date.now()
      ? 'is over as soon as it is set'
      : undefined
  const [pair = '', ...rest] = header.split(';')
  const [name = '', ...value] = pair.split('=')
  return refusal(name.trim(), value.join('=').trim(), new Map(rest.map(attributeOf)))
}

function refusal(
  name: string,
  value: string,
  attributes: ReadonlyMap<string, string>,
): string | undefined {
  if (name === '') return 'has no name'
  if (Buffer.byteLength(name + value) > MAX_COOKIE_BYTES)
    return `is longer than ${MAX_COOKIE_BYTES} bytes`
  if (!prefixAllows(name, attributes))
    return name.startsWith('__Host-') ? 'needs Secure, Path=/ and no Domain' : 'needs Secure'
  return attributes.get('samesite')?.toLowerCase() === 'none' && !attributes.has('secure')
    ? 'has SameSite=None without Secure'
    : undefined
}

function attributeOf(text: string): [name: string, value: string] {
  const [name = '', ...value] = text.split('=')
  return [name.trim().toLowerCase(), value.join('=').trim()]
}

function prefixAllows(name: string, attributes: ReadonlyMap<string, string>): boolean {
  if (name.startsWith('__Host-'))
    return attributes.has('secure') && attributes.get('path') === '/' && !attributes.has('domain')
  return !name.startsWith('__Secure-') || attributes.has('secure')
}

function expiryOf(attributes: ReadonlyMap<string, string>, now: number): number | undefined {
  const maxAge = attributes.get('max-age')
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return now + Number(maxAge) * 1000
  const expires = Date.parse(attributes.get('expires') ?? '')
  return Number.isNaN(expires) ? undefined : expires
}

function defaultPath(requestPath: string): string {
  const folder = (requestPath.split('?')[0] ?? '').replace(/\/[^/]*$/, '')
  return folder === '' ? '/' : folder
}

/** The cookies of one browser for the application's host. */
export interface CookieJar {
  absorb(setCookies: readonly string[], requestPath: string): void
  /** The `Cookie` header for a path; undefined when there is none. */
  header(requestPath: string): string | undefined
  cookies(): Cookie[]
  clone(): CookieJar
}

export function createCookieJar(
  now: () => number = Date.now,
  initial: readonly Cookie[] = [],
): CookieJar {
  const kept = new Map(initial.map((cookie) => [keyOf(cookie), cookie]))
  const live = () =>
    [...kept.values()].filter(
      (cookie) => cookie.expiresAt === undefined || cookie.expiresAt > now(),
    )
  return {
    absorb(setCookies, requestPath) {
      for (const header of setCookies) {
        const cookie = parseSetCookie(header, requestPath, now())
        if (cookie) kept.set(keyOf(cookie), cookie)
      }
    },
    header(requestPath) {
      const sent = live()
        .filter((cookie) => pathMatches(cookie.path, requestPath.split('?')[0] ?? '/'))
        .sort((a, b) => b.path.length - a.path.length)
      return sent.length === 0
        ? undefined
        : sent.map((cookie) => `${cookie.name}=${cookie.value}`).join('; ')
    },
    cookies: live,
    clone: () => createCookieJar(now, live()),
  }
}

const keyOf = (cookie: Cookie) => `${cookie.name};${cookie.path}`

const pathMatches = (cookiePath: string, path: string) =>
  path === cookiePath ||
  (path.startsWith(cookiePath) && (cookiePath.endsWith('/') || path[cookiePath.length] === '/'))
