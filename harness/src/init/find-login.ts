import type { Browser } from '../instruments/browser.ts'
import { headerOf, isAccepted, jsonOf, type Exchange } from '../instruments/http-exchange.ts'
import { isRecord } from '../is-record.ts'
import type { Csrf } from '../target/schema.ts'
import { randomMarker } from '../target/template.ts'
import { commonPaths, CREDENTIALS } from './candidates.ts'
import type { PageHints } from './page-hints.ts'
import { ask, browserOf, exists, get, type Probe, type RouteText } from './probe.ts'

/** A login that worked. */
export interface FoundLogin {
  route: RouteText
  csrf: Csrf
  cookies: string[]
  /** Still signed in. */
  browser: Browser
}

/** Tries paths, bodies and CSRF schemes until one signs in; undefined when none does, with the paths that are there. */
export async function findLogin(
  probe: Probe,
  hints: PageHints,
): Promise<{ login: FoundLogin | undefined; there: string[] }> {
  const attempts = await attemptsAt(probe, hints)
  const there = [...new Set(attempts.map(({ path }) => path))]
  if (probe.visitor.email === '') return { login: undefined, there }
  for (const csrf of await csrfSchemes(probe))
    for (const attempt of attempts) {
      const login = await tryLogin(probe, attempt, csrf)
      if (login) return { login, there: [] }
    }
  return { login: undefined, there }
}

interface Attempt {
  path: string
  kind: 'json' | 'form'
  body: Record<string, string>
}

async function attemptsAt(probe: Probe, { loginForms, paths }: PageHints): Promise<Attempt[]> {
  const forms = loginForms.flatMap(({ path, user, password }): Attempt[] => {
    const body = { [user]: '{{user.email}}', [password]: '{{user.password}}' }
    return [
      { path, kind: 'form', body },
      { path, kind: 'json', body },
    ]
  })
  const named = paths.filter((path) => /log-?in|sign-?in|session|auth/i.test(path))
  const candidates = [...new Set([...named, ...commonPaths('login')])]
  const there = await pathsThere(probe, candidates)
  const common = there.flatMap((path) => [
    ...CREDENTIALS.map((body): Attempt => ({ path, kind: 'json', body })),
    ...CREDENTIALS.slice(0, 2).map((body): Attempt => ({ path, kind: 'form', body })),
  ])
  return [...forms, ...common]
}

/** Where something watches over every path (a CSRF guard, a login wall), what is not there answers as the login does; then the likeliest are taken. */
const MOST_IN_DOUBT = 28

async function pathsThere(probe: Probe, candidates: readonly string[]): Promise<string[]> {
  const post = (path: string) => ask(probe, browserOf(probe), { method: 'POST', path, json: {} })
  const nowhere = new Set(
    await Promise.all(
      ['/', '/api/'].map(async (prefix) => (await post(`${prefix}${randomMarker(6)}`)).status),
    ),
  )
  const sure: string[] = []
  const doubtful: string[] = []
  for (const path of candidates) {
    const answer = await post(path)
    if (!exists(answer) || isPage(answer)) continue
    if (nowhere.has(answer.status)) doubtful.push(path)
    else sure.push(path)
  }
  return sure.length > 0 ? sure : doubtful.slice(0, MOST_IN_DOUBT)
}

/** A single-page application answers every path with its page. */
const isPage = ({ status, headers }: Exchange) =>
  status === 200 && (headerOf(headers, 'content-type')?.includes('html') ?? false)

async function tryLogin(
  probe: Probe,
  { path, kind, body }: Attempt,
  csrf: Csrf,
): Promise<FoundLogin | undefined> {
  const browser = browserOf(probe, csrf)
  const before = new Set(browser.jar.cookies().map(({ name }) => name))
  const answer = await ask(probe, browser, { method: 'POST', path, [kind]: body })
  const cookies = browser.jar
    .cookies()
    .map(({ name }) => name)
    .filter((name) => !before.has(name) && !isProof(name, csrf))
  if (!isAccepted(answer) || cookies.length === 0) return undefined
  const { backend, visitor } = probe
  if (backend && visitor.user && (await backend.control.tokens(visitor.user.id)).length === 0)
    return undefined
  browser.forgetCsrf()
  return { route: { POST: path, [kind]: body }, csrf, cookies, browser }
}

const isProof = (name: string, csrf: Csrf) =>
  csrf !== 'none' && 'cookie' in csrf && csrf.cookie === name

/** The usual schemes, and those that the site's own answers suggest. */
async function csrfSchemes(probe: Probe): Promise<Csrf[]> {
  const browser = browserOf(probe)
  await get(probe, browser, '/')
  await get(probe, browser, '/login')
  const cookies = browser.jar.cookies().map(({ name }) => name)
  const doubled = cookies.flatMap((cookie): Csrf[] =>
    [...new Set(['x-csrf-token', 'x-xsrf-token', 'x-csrf', `x-${cookie.toLowerCase()}`])].map(
      (header) => ({ cookie, header }),
    ),
  )
  const handed: Csrf[] = []
  for (const path of commonPaths('csrf')) {
    const answer = await get(probe, browserOf(probe), path)
    const body = jsonOf(answer)
    const at = isAccepted(answer) ? textIn(body) : undefined
    if (at === undefined) continue
    for (const header of ['x-csrf-token', 'x-csrf', 'x-xsrf-token'])
      handed.push({ get: path, json: at, header })
    handed.push({ get: path, json: at, field: at.split('.').at(-1) ?? '' })
  }
  return [
    'none',
    { header: 'X-CSRF', value: '1' },
    { header: 'X-Requested-With', value: 'XMLHttpRequest' },
    ...handed,
    ...doubled,
  ]
}

/** The path to the first text in an object, or in an object in it. */
function textIn(body: unknown, path = '$', depth = 0): string | undefined {
  if (!isRecord(body) || Array.isArray(body) || depth > 1) return undefined
  for (const [key, value] of Object.entries(body)) {
    if (!/^\w+$/.test(key)) continue
    const at =
      typeof value === 'string' ? `${path}.${key}` : textIn(value, `${path}.${key}`, depth + 1)
    if (at !== undefined) return at
  }
  return undefined
}
