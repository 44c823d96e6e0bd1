import type { Browser as Chromium, BrowserContext, Page, Request } from 'playwright-core'
import type { Cookie } from '../cookie-jar.ts'
import { steady } from '../settle.ts'
import type { Edge } from './edge.ts'

/** A request as the browser began it, whatever became of it. */
export interface BrowserRequest {
  url: string
  method: string
  /** `document`, `fetch`, `image`, `ping`, `websocket` … */
  type: string
  headers: Readonly<Record<string, string>>
}

/** Something that a page wrote to its console, and the origin it ran in. */
export interface ConsoleLine {
  text: string
  url: string
}

/** One visit of a page. */
export interface Visit {
  page: Page
  /** 0 when nothing was shown: a download, or no answer. */
  status: number
  /** Where the browser ended. */
  url: string
}

export interface VisitOptions {
  tab?: Page
  rest?: boolean
}

/** A browser profile of one check: cookies, storage and tabs of its own. */
export interface Profile {
  readonly edge: Edge
  readonly context: BrowserContext
  /** Gives the browser the cookies that the HTTP driver was given. */
  plant(cookies: readonly Cookie[]): Promise<void>
  /** Opens a path of the application, or a URL, in a new tab or the one given, and waits until it is loaded and (unless told not to) at rest. */
  visit(target: string, options?: VisitOptions): Promise<Visit>
  /** Waits until no tab has asked for anything for a while; a page that polls is left after a few seconds. */
  atRest(): Promise<void>
  /** What the browser asked for, apart from what the page's own policy held back. */
  requests(): readonly BrowserRequest[]
  console(): readonly ConsoleLine[]
  close(): Promise<void>
}

const LOAD_MS = 30_000
const REST = { forMs: 400, maxMs: 4000 }

export async function createProfile(chromium: Chromium, edge: Edge): Promise<Profile> {
  const context = await chromium.newContext({ acceptDownloads: false })
  context.setDefaultTimeout(LOAD_MS)
  const requests: BrowserRequest[] = []
  const heldBack = new Set<BrowserRequest>()
  const begun = new WeakMap<Request, BrowserRequest>()
  const lines: ConsoleLine[] = []
  let ended = 0
  context.on('request', (request) => {
    const one = {
      url: request.url(),
      method: request.method(),
      type: request.resourceType(),
      headers: request.headers(),
    }
    begun.set(request, one)
    requests.push(one)
  })
  context.on('requestfinished', () => (ended += 1))
  context.on('requestfailed', (request) => {
    ended += 1
    const one = begun.get(request)
    if (one && /csp/i.test(request.failure()?.errorText ?? '')) heldBack.add(one)
  })
  context.on('console', (message) =>
    lines.push({ text: message.text(), url: message.page()?.url() ?? '' }),
  )
  context.on('page', (page) => {
    page.on('websocket', (socket) =>
      requests.push({ url: socket.url(), method: 'GET', type: 'websocket', headers: {} }),
    )
  })
  const atRest = () => steady(() => requests.length + ended + edge.calls().length, REST)
  return {
    edge,
    context,
    atRest,
    requests: () => requests.filter((each) => !heldBack.has(each)),
    console: () => lines,
    plant: (cookies) => context.addCookies(cookies.map((cookie) => planted(cookie, edge.origin))),
    async visit(target, { tab, rest = true } = {}) {
      const page = tab ?? (await context.newPage())
      const url = new URL(target, edge.origin).href
      const answer = await page.goto(url, { waitUntil: 'load', timeout: LOAD_MS }).catch(() => null)
      if (rest) await atRest()
      return { page, status: answer?.status() ?? 0, url: page.url() }
    },
    close: () => context.close(),
  }
}

const SAME_SITE: Record<string, 'Strict' | 'Lax' | 'None'> = {
  strict: 'Strict',
  lax: 'Lax',
  none: 'None',
}

/** A host-only cookie as `Set-Cookie` would have made it. */
function planted(cookie: Cookie, origin: string) {
  const sameSite = SAME_SITE[cookie.sameSite?.toLowerCase() ?? '']
  const { protocol, host } = new URL(origin)
  return {
    name: cookie.name,
    value: cookie.value,
    // Playwright takes the folder of this URL as the cookie's path.
    url: `${protocol}//${host}${cookie.path.endsWith('/') ? cookie.path : `${cookie.path}/`}`,
    httpOnly: cookie.httpOnly,
    secure: cookie.secure,
    ...(sameSite ? { sameSite } : {}),
    ...(cookie.expiresAt === undefined ? {} : { expires: Math.round(cookie.expiresAt / 1000) }),
  }
}
