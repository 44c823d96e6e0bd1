/** In front of what most routes begin with, the likeliest first. */
const PREFIXES = [
  '/api',
  '',
  '/api/auth',
  '/auth',
  '/bff',
  '/bff/v1',
  '/v1',
  '/api/v1',
  '/api/v2',
  '/api/v1/auth',
  '/api/v2/auth',
]

const NAMES = {
  login: ['login', 'sign-in', 'signin', 'session', 'sessions', 'enter', 'callback/credentials'],
  logout: ['logout', 'sign-out', 'signout', 'leave', 'session', 'sessions/current'],
  me: ['me', 'session', 'user', 'whoami', 'userinfo', 'profile'],
  list: [
    'posts',
    'notes',
    'items',
    'documents',
    'articles',
    'todos',
    'tasks',
    'feed',
    'list',
    'tickets',
    'products',
  ],
  preview: [
    'files/{{id}}/preview',
    'preview/{{id}}',
    'previews/{{id}}',
    'files/{{id}}',
    'files/{{id}}/content',
    'media/{{id}}',
    'images/{{id}}',
    'pictures/{{id}}',
  ],
  csrf: ['csrf', 'csrf-token'],
} as const

/** Where BFFs commonly have such a route, those under `near` (the beginning of a route that was found) first. `{{id}}` is the id of a file. */
export function commonPaths(kind: keyof typeof NAMES, near?: string): string[] {
  const prefixes = new Set([...(near === undefined ? [] : beginningsOf(near)), ...PREFIXES])
  return [...prefixes].flatMap((prefix) => NAMES[kind].map((name) => `${prefix}/${name}`))
}

/** `/gateway/auth` and `/gateway` of `/gateway/auth/login`. */
function beginningsOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/'))
}

const EMAIL = '{{user.email}}'
const PASSWORD = '{{user.password}}'

/** Bodies of a login. */
export const CREDENTIALS: readonly Record<string, string>[] = [
  { email: EMAIL, password: PASSWORD },
  { username: EMAIL, password: PASSWORD },
  { login: EMAIL, password: PASSWORD },
  { user: EMAIL, password: PASSWORD },
  { user: EMAIL, pass: PASSWORD },
  { login: EMAIL, secret: PASSWORD },
]

/** Bodies of a create. */
export const DOCUMENTS: readonly Record<string, string>[] = [
  { title: '{{nonce}}' },
  { text: '{{nonce}}' },
  { name: '{{nonce}}' },
  { content: '{{nonce}}' },
  { title: '{{nonce}}', body: '{{nonce}}' },
  { title: '{{nonce}}', content: '{{nonce}}' },
  { subject: '{{nonce}}' },
]

/** Names of the parameter that a search term goes into. */
export const TERMS = ['q', 'query', 'search', 'filter', 'text', 'term', 'words'] as const

/** Parameters that choose a page, and the value of the first page. */
export const PAGES = [
  { name: 'page', first: 1, second: 2 },
  { name: 'page', first: 0, second: 1 },
  { name: 'skip', first: 0, second: 10 },
  { name: 'offset', first: 0, second: 10 },
] as const
