import type { Browser } from '../instruments/browser.ts'
import { headerOf, isAccepted, type Exchange } from '../instruments/http-exchange.ts'
import type { Csrf } from '../target/schema.ts'
import { randomMarker } from '../target/template.ts'
import { commonPaths, CREDENTIALS } from './candidates.ts'
import { csrfSchemes } from './csrf-schemes.ts'
import type { PageHints } from './page-hints.ts'
import { ask, browserOf, exists, type Probe, type RouteText } from './probe.ts'

/** A login that worked. */
export interface FoundLogin {
  route: RouteText
  csrf: Csrf
  cookies: string[]
  /** Still signed in. */
  browser: Browser
}

/** Tries paths, bodies and CSRF schemes until one signs in; undefined when none does, with the paths that are there and the answers that failed on the server's side. */
export async function findLogin(
  probe: Probe,
  hints: PageHints,
): Promise<{ login: FoundLogin | undefined; there: string[]; broken: string[] }> {
  const attempts = await attemptsAt(probe, hints)
  const there = [...new Set(attempts.map(({ path }) => path))]
  const broken = new Set<string>()
  if (probe.visitor.email === '') return { login: undefined, there, broken: [] }
  for (const csrf of await csrfSchemes(probe, hints)) {
    const missing = new Set<string>()
    for (const attempt of attempts) {
      if (missing.has(attempt.path)) continue
      const { login, status } = await tryLogin(probe, attempt, csrf)
      if (login) return { login, there: [], broken: [] }
      if (status === 404 || status === 405) missing.add(attempt.path)
      if (status >= 500) broken.add(`POST ${attempt.path}: ${status}`)
    }
  }
  return { login: undefined, there, broken: [...broken] }
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
  // A form that a script sends goes elsewhere, with the names of its fields more often than not.
  const bodies = [
    ...new Map(
      [...forms.map(({ body }) => body), ...CREDENTIALS].map((body) => [
        Object.keys(body).join(),
        body,
      ]),
    ).values(),
  ]
  const common = there.flatMap((path) => [
    ...bodies.map((body): Attempt => ({ path, kind: 'json', body })),
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
): Promise<{ login?: FoundLogin; status: number }> {
  const browser = browserOf(probe, csrf)
  const before = new Set(browser.jar.cookies().map(({ name }) => name))
  const answer = await ask(probe, browser, { method: 'POST', path, [kind]: body })
  const cookies = browser.jar
    .cookies()
    .map(({ name }) => name)
    .filter((name) => !before.has(name) && !isProof(name, csrf))
  const { status } = answer
  if (!isAccepted(answer) || cookies.length === 0) return { status }
  const { backend, visitor } = probe
  if (backend && visitor.user && (await backend.control.tokens(visitor.user.id)).length === 0)
    return { status }
  browser.forgetCsrf()
  return { login: { route: { POST: path, [kind]: body }, csrf, cookies, browser }, status }
}

const isProof = (name: string, csrf: Csrf) =>
  csrf !== 'none' && 'cookie' in csrf && csrf.cookie === name
