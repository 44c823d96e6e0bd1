import type { Browser } from '../instruments/browser.ts'
import { isAccepted, jsonOf } from '../instruments/http-exchange.ts'
import type { Csrf } from '../target/schema.ts'
import { CREDENTIALS, PATHS } from './candidates.ts'
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
  for (const csrf of await csrfSchemes(probe))
    for (const attempt of attempts) {
      const login = await tryLogin(probe, attempt, csrf)
      if (login) return { login, there: [] }
    }
  return { login: undefined, there: [...new Set(attempts.map(({ path }) => path))] }
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
  const there: string[] = []
  for (const path of new Set([...named, ...PATHS.login])) {
    const answer = await ask(probe, browserOf(probe), { method: 'POST', path, json: {} })
    if (exists(answer)) there.push(path)
  }
  const common = there.flatMap((path) => [
    ...CREDENTIALS.map((body): Attempt => ({ path, kind: 'json', body })),
    ...CREDENTIALS.slice(0, 2).map((body): Attempt => ({ path, kind: 'form', body })),
  ])
  return [...forms, ...common]
}

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
  for (const path of ['/api/csrf', '/api/csrf-token', '/api/auth/csrf', '/csrf', '/csrf-token']) {
    const answer = await get(probe, browserOf(probe), path)
    const body = jsonOf(answer)
    if (!isAccepted(answer) || typeof body !== 'object' || body === null) continue
    const key = Object.entries(body).find(([, value]) => typeof value === 'string')?.[0]
    if (key === undefined) continue
    for (const header of ['x-csrf-token', 'x-csrf', 'x-xsrf-token'])
      handed.push({ get: path, json: `$.${key}`, header })
  }
  return [
    'none',
    { header: 'X-CSRF', value: '1' },
    { header: 'X-Requested-With', value: 'XMLHttpRequest' },
    ...handed,
    ...doubled,
  ]
}
