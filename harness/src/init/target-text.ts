import { stringify } from 'yaml'
import type { FoundLogin } from './find-login.ts'
import type { FoundRoutes } from './find-routes.ts'
import type { InitOptions } from './init-target.ts'
import type { RouteText } from './probe.ts'

/** What the probing came to. */
export interface Findings {
  login: FoundLogin | undefined
  /** Paths that may be a login, when none worked. */
  there: readonly string[]
  /** Those that failed on the server's side, `POST /api/login: 503`. */
  broken: readonly string[]
  routes: FoundRoutes
  pages: readonly string[]
  /** Whether there was somebody who could sign in. */
  hasVisitor: boolean
}

type Route = 'login' | 'logout' | 'list' | 'create' | 'preview' | 'me'

const GUESSES: Record<Route, RouteText> = {
  login: {
    POST: '/api/login',
    json: { email: '{{user.email}}', password: '{{user.password}}' },
  },
  logout: { POST: '/api/logout' },
  list: { GET: '/api/posts', items: '$.items' },
  create: { POST: '/api/posts', json: { title: '{{nonce}}' } },
  preview: { GET: '/api/files/{{id}}/preview' },
  me: { GET: '/api/me' },
}
const REQUIRED: readonly Route[] = ['login', 'logout', 'list']

/** A commented target file. What was seen is stated; what was not is marked `NOT PROVEN` (required) or commented out. */
export function targetText(
  { url, name, origin, backendPort, storagePort }: InitOptions,
  { login, there, broken, routes, pages, hasVisitor }: Findings,
): string {
  const guesses = {
    ...GUESSES,
    ...(there[0] === undefined ? {} : { login: { ...GUESSES.login, POST: there[0] } }),
  }
  const known: Partial<Record<Route, RouteText>> = {
    ...routes,
    ...(login ? { login: login.route } : {}),
  }
  return [
    `# Written by \`harness init ${url}\` from what the BFF answered. Every key is explained in the README of bff-harness.`,
    ...why({ login, there, broken, hasVisitor }),
    `target: ${flow(name)}`,
    'start:',
    '  # The BFF runs already. When the harness starts it (command, env, instances: 2) more checks apply.',
    `  urls: ${flow([url])}`,
    ...(backendPort === undefined
      ? ['  # backendPorts: [3000] # required: where the BFF expects its backend']
      : [
          `  backendPorts: ${flow([backendPort])} # here the harness's backend stands during a run`,
        ]),
    storagePort === undefined
      ? '  # storagePort: 3100 # when the BFF takes files from a list of hosts only: the port of 127.0.0.1 on it'
      : `  storagePort: ${flow(storagePort)}`,
    ...(origin === undefined
      ? ['# origin: https://app.example.test # when users see another address']
      : [`origin: ${flow(origin)}`]),
    'session:',
    login
      ? `  cookie: ${flow(login.cookies)} # what the login set`
      : '  cookie: auto # whatever the login sets',
    `  csrf: ${flow(login?.csrf ?? 'none')} # none | {header, value} | {cookie, header} | {get, json, header}`,
    'routes:',
    ...(Object.keys(GUESSES) as Route[]).map((route) =>
      routeLine(route, known[route], guesses[route]),
    ),
    pages.length > 0 ? `pages: ${flow(pages)}` : '# pages: [/, /login]',
    '',
  ].join('\n')
}

/** Why there is no login, in comments; nothing when there is one. */
export function why({
  login,
  there,
  broken,
  hasVisitor,
}: Pick<Findings, 'login' | 'there' | 'broken' | 'hasVisitor'>): string[] {
  if (login) return []
  if (!hasVisitor)
    return [
      '# Nobody could sign in: give --email and --password, or --backend-port with nothing listening there, and run it again.',
    ]
  return [
    `# No login worked. Tried: ${there.join(', ') || 'no path that is there'}. Fill in routes.login and session.csrf.`,
    ...(broken.length > 0
      ? [
          `# ${broken.join(', ')}: the BFF is there, and something behind it is not. Look at its backend (--backend-port), its Redis and its environment, and at what it prints.`,
        ]
      : []),
  ]
}

function routeLine(route: Route, found: RouteText | undefined, guess: RouteText): string {
  if (found) return `  ${route}: ${flow(found)}`
  if (REQUIRED.includes(route))
    return `  ${route}: ${flow(guess)} # NOT PROVEN: a guess, correct it`
  return `  # ${route}: ${flow(guess)} # not found; without it its checks are SKIP`
}

const flow = (value: unknown): string =>
  stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim()

/** A target file that names a preset and shows what may be laid over it. */
export const presetText = (name: string, preset: string): string =>
  [
    `# A BFF of the kind ${preset}. Every key that is given here counts instead of the preset's; the README of bff-harness explains them.`,
    `target: ${flow(name)}`,
    `preset: ${preset}`,
    '# start:',
    '#   cwd: .',
    "#   env: { CONDUIT_URL: '{{backend.url}}' } # added to the preset's variables, or put in their place",
    '#   instances: 2',
    '# session: { cookie: auto, csrf: none }',
    '# routes:',
    "#   list: { GET: /api/notes, items: $.notes, filter: { q: '{{term}}' }, query: { page: 1 }, pageSize: 20 }",
    '#   create: null # the app has none',
    '# pages: [/login]',
    '',
  ].join('\n')
