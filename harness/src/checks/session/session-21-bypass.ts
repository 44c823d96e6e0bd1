import { defineCheck } from '../../check.ts'
import { textOf, type HeaderList } from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'
import { sessionCookies } from '../shared/session-cookies.ts'

const MIDDLEWARE = [
  'middleware',
  'src/middleware',
  'pages/_middleware',
  'middleware:middleware:middleware:middleware:middleware',
  'src/middleware:src/middleware:src/middleware:src/middleware:src/middleware',
]
const PARAMETERS = ['sid', 'session', 'session_id', 'sessionId', 'token']
const HEADERS = (path: string): HeaderList[] => [
  ...MIDDLEWARE.map((value): HeaderList => [['x-middleware-subrequest', value]]),
  [
    ['x-middleware-prefetch', '1'],
    ['x-nextjs-data', '1'],
  ],
  [['x-original-url', path]],
  [['x-rewrite-url', path]],
  [['x-forwarded-uri', path]],
  [['x-http-method-override', 'GET']],
  [
    ['x-forwarded-host', 'localhost'],
    ['x-forwarded-for', '127.0.0.1'],
    ['x-real-ip', '127.0.0.1'],
  ],
  [
    ['RSC', '1'],
    ['Next-Router-Prefetch', '1'],
  ],
]
const PATHS = (path: string): string[] => {
  const upper = path.toUpperCase()
  const [, first = '', ...rest] = path.split('/')
  return [
    `${path}?_rsc=1`,
    `${path}.json`,
    `/${path}`,
    `/%2e${path}`,
    `/./${first}/${rest.join('/')}`,
    upper,
    `${path}.`,
    `${path};x`,
    `${path}/`,
    `/_next/data/x${path}.json`,
    `/${encodeURIComponent(first)}/%2e%2e${path}`,
    `${path}%00`,
  ]
}

export const session21 = defineCheck({
  id: 'SESSION-21',
  title: 'No header, parameter or spelling of the path stands in for the session cookie',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['VAULT-13'],
  requirement: ['T-113', 'T-114', 'T-115', 'ASVS5-14.2.1'],
  source: [],
  mutants: ['auth-in-middleware-only', 'session-id-from-query'],
  usualCauses: [
    'only the middleware looks at the session',
    'the middleware matches paths more narrowly than the router',
    'the session id is taken from the address as well, where logs and histories keep it',
  ],
  async run(ctx) {
    const owner = await ctx.signedIn()
    const shown = await owner.call('list')
    const markers = [...new Set(textOf(shown).match(/bffc-[0-9a-f]{16}/g) ?? [])]
    ctx.witness('with a session the list shows documents', isSuccess(shown))
    await ctx.drain()
    const { path } = ctx.target.routes.list
    const since = await ctx.mark()
    const got: string[] = []
    const ask = async (about: string, at: string, headers: HeaderList) => {
      const stranger = await ctx.visitor()
      const answer = await stranger.call('list', {
        headers,
        edit: (call) => ({ ...call, path: call.path.replace(path, at) }),
      })
      if (markers.some((marker) => textOf(answer).includes(marker))) got.push(about)
    }
    const calls = async () =>
      (await ctx.journal(since)).api().map((entry) => `${entry.operation} → ${entry.status}`)
    for (const { name, value } of await sessionCookies(ctx, owner))
      for (const parameter of new Set([
        name.replace(/^__(Host|Secure)-/, ''),
        name,
        ...PARAMETERS,
      ])) {
        const before = (await calls()).length
        await ask(
          `the session id as ${parameter}`,
          `${path}?${parameter}=${encodeURIComponent(value)}&`,
          [],
        )
        await ctx.drain()
        ctx.expect(
          `upstream calls for a stranger with the session id as ${parameter} in the query`,
          [],
          (await calls()).slice(before),
        )
      }
    const before = (await calls()).length
    for (const headers of HEADERS(path))
      await ask(headers.map(([name, value]) => `${name}: ${value}`).join(), path, headers)
    for (const at of PATHS(path)) await ask(at, at, [])
    await ctx.drain()
    ctx.expect('documents shown to a stranger', [], got)
    ctx.expect('upstream calls for a stranger', [], (await calls()).slice(before))
  },
})
