/** Where BFFs commonly have their routes, the likeliest first. `{{id}}` is the id of a file. */
export const PATHS = {
  login: [
    '/api/auth/login',
    '/api/login',
    '/auth/login',
    '/api/auth/signin',
    '/api/session',
    '/api/sessions',
    '/bff/login',
    '/session',
    '/login',
    '/signin',
    '/enter',
  ],
  logout: [
    '/api/auth/logout',
    '/api/logout',
    '/auth/logout',
    '/api/auth/signout',
    '/bff/logout',
    '/logout',
    '/signout',
    '/leave',
    '/api/session',
    '/session',
  ],
  me: [
    '/api/auth/me',
    '/api/me',
    '/api/auth/session',
    '/api/session',
    '/api/user',
    '/bff/user',
    '/me',
    '/session',
  ],
  list: [
    '/api/posts',
    '/api/notes',
    '/api/items',
    '/api/documents',
    '/api/todos',
    '/api/feed',
    '/api/list',
    '/posts',
    '/notes',
    '/items',
    '/feed',
  ],
  preview: [
    '/api/files/{{id}}/preview',
    '/api/preview/{{id}}',
    '/api/previews/{{id}}',
    '/api/files/{{id}}',
    '/api/media/{{id}}',
    '/api/images/{{id}}',
    '/files/{{id}}/preview',
    '/preview/{{id}}',
    '/files/{{id}}',
    '/media/{{id}}',
    '/pictures/{{id}}',
  ],
} as const

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
