import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import type { Exchange, HeaderList } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { isSuccess } from '../shared/answers.ts'

/** Where libraries and frameworks hand out sessions and tokens, below each folder of the application's own routes. */
const ENDPOINTS = [
  'session',
  'token',
  'tokens',
  'access-token',
  'accessToken',
  'refresh',
  'user',
  'userinfo',
  'whoami',
  'auth/session',
  'auth/token',
  'auth/access-token',
  'auth/refresh',
  'auth/user',
  'bff/user',
  'debug',
  'debug/session',
  'config',
  'env',
  'internal/session',
]
/** Files and consoles that only the root has. */
const ROOT = [
  '.env',
  '.env.local',
  '.env.production',
  '.git/config',
  'package.json',
  'server.js',
  'config.json',
  'debug/vars',
  'debug/pprof/cmdline',
  'actuator/env',
  'actuator/httptrace',
  'metrics',
  'server-status',
  'console',
  'swagger.json',
  'graphql?query=%7Bme%7BaccessToken%7D%7D',
  '_next/data/development/index.json',
  '__nextjs_original-stack-frame',
  'dump.rdb',
  'sessions',
]
const SWITCHES: readonly { query?: Record<string, string>; headers?: HeaderList }[] = [
  { query: { debug: '1' } },
  { query: { debug: 'true' } },
  { query: { verbose: '1' } },
  { headers: [['X-Debug', '1']] },
  { headers: [['X-Debug-Token', '1']] },
]

export const leak19 = defineCheck({
  id: 'LEAK-19',
  title: 'No known token or debug path shows a secret',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['ASVS5-13.4.5', 'T-43', 'T-59', 'T-60'],
  source: [],
  mutants: ['access-token-endpoint', 'debug-query-shows-session', 'env-file-served'],
  usualCauses: [
    'a route hands the access token to scripts, "just for the SDK"',
    'a debug route or switch was left in',
    'the folder of the program is served as files',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const found: string[] = []
    let asked = 0
    const look = async (about: string, ask: Promise<Exchange>) => {
      asked += 1
      found.push(...(await secretsIn(ctx, await ask)).map((what) => `${what} (${about})`))
    }
    for (const path of pathsOf(ctx)) {
      await look(`GET ${path}`, get(session, path))
      if (/token|refresh|session/.test(path))
        await look(
          `POST ${path}`,
          session.browser.send({
            method: 'POST',
            path,
            headers: [['Content-Type', 'application/json']],
            body: Buffer.from('{}'),
          }),
        )
    }
    for (const route of ['list', 'me'] as const)
      for (const each of ctx.target.routes[route] ? SWITCHES : [])
        await look(`${route} with ${JSON.stringify(each)}`, session.call(route, each))
    const later = await session.call('list')
    if (!isSuccess(later)) ctx.note('one of the paths ended the session')
    ctx.witness(`${asked} requests of a signed-in user were answered`, asked > 0)
    ctx.expect('secrets at known paths', [], found)
  },
})

const get = (session: Session, path: string) =>
  session.browser.send({ method: 'GET', path, headers: [] })

/** Addresses of declared routes are left out: other checks look at them. */
function pathsOf({ target }: CheckContext): string[] {
  const declared = Object.values(target.routes).map((route) => route?.path.split('?')[0])
  const steps = target.routes.login.path.split('/').filter((step) => step !== '')
  const folders = steps.map((_, index) => `/${steps.slice(0, index).join('/')}`)
  const below = folders.flatMap((folder) =>
    ENDPOINTS.map((each) => `${folder === '/' ? '' : folder}/${each}`),
  )
  const usual = ENDPOINTS.map((each) => `/api/${each}`)
  const all = new Set([...below, ...usual, ...ROOT.map((each) => `/${each}`)])
  return [...all].filter((path) => !declared.includes(path))
}

const secretsIn = async (ctx: CheckContext, answer: Exchange): Promise<string[]> =>
  (
    await ctx.leaksIn(answer, [
      'access',
      'refresh',
      'session-password',
      'client-secret',
      'redis-url',
      'password',
    ])
  ).map(describeLeak)
