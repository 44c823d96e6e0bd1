/** In front of what most routes begin with, the likeliest first. */
const PREFIXES = [
  '/api',
  '',
  '/api/auth',
  '/auth',
  '/bff',
  '/bff/v1',
  '/v1',
  '/v1/auth',
  '/rest',
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
    'feed.json',
    'list',
    'entries',
    'records',
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
    'assets/{{id}}',
    'blobs/{{id}}/raw',
    'blobs/{{id}}',
    'media/{{id}}/content',
    'thumbs/{{id}}',
    'pic/{{id}}',
    'download/{{id}}',
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

const USER_NAMES = ['email', 'username', 'login', 'user', 'mail', 'name'] as const
const PASSWORD_NAMES = ['password', 'pass', 'secret', 'pwd'] as const

/** Bodies of a login, the likeliest first. */
export const CREDENTIALS: readonly Record<string, string>[] = PASSWORD_NAMES.flatMap((password) =>
  USER_NAMES.map((user) => ({ [user]: EMAIL, [password]: PASSWORD })),
)

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
export const TERMS = [
  'q',
  'query',
  'search',
  'filter',
  'text',
  'term',
  'words',
  'find',
  'keyword',
  's',
] as const

/** Parameters that choose a page, and the value of the first page. */
export const PAGES = [
  { name: 'page', first: 1, second: 2 },
  { name: 'page', first: 0, second: 1 },
  { name: 'skip', first: 0, second: 10 },
  { name: 'offset', first: 0, second: 10 },
  { name: 'from', first: 0, second: 10 },
  { name: 'start', first: 0, second: 10 },
  { name: 'p', first: 1, second: 2 },
] as const
