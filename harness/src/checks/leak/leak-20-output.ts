import type { FaultEffect } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import type { CanaryKind } from '../../instruments/canary-registry.ts'
import { headersNamed } from '../../instruments/http-exchange.ts'
import { RENEW, STORAGE_GET } from '../../instruments/journal-view.ts'
import { steady } from '../../instruments/settle.ts'
import type { RouteName } from '../../target/schema.ts'
import { randomMarker } from '../../target/template.ts'
import { dataRoutes } from '../shared/answers.ts'
import { learnPresigned } from '../shared/journey.ts'
import { printedLines } from '../shared/printed-lines.ts'
import { sessionCookies } from '../shared/session-cookies.ts'
import { undecodable } from '../shared/undecodable.ts'

const LOGIN = 'POST /authentication/local'
const LOGOUT = 'POST /authentication/logout'

const SECRETS: readonly CanaryKind[] = [
  'access',
  'refresh',
  'password',
  'session-password',
  'session-cookie',
  'presigned',
]

const TROUBLES: readonly FaultEffect[] = [
  { status: 500, message: 'Something failed' },
  { socket: 'reset' },
  { replaceBody: '<html>not JSON' },
]

/** What a cookie must have to be a secret. */
const LEAST_COOKIE = 16

export const leak20 = defineCheck({
  id: 'LEAK-20',
  title: 'Nothing that the target prints holds a token, a password, a cookie or a signed URL',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list', 'logout'] },
  dependsOn: [],
  requirement: ['ASVS5-16.2.5', 'T-47', 'T-49'],
  source: [],
  mutants: [
    'logs-axios-error',
    'logs-failed-request-headers',
    'logs-session-in-base64',
    'logs-start-of-refresh-token',
    'logs-storage-url',
    'logs-unreadable-login',
  ],
  usualCauses: [
    "the HTTP client's error is printed as it is, with the request's headers",
    'a logger writes the headers or the body of every request that fails',
    'a line for debugging shows the session',
    'only the beginning of a token is printed, which of an opaque one is too much',
  ],
  scope: 'run',
  async run(ctx) {
    if (ctx.instances.every(({ kill }) => kill === undefined))
      return ctx.skip('what a target prints is seen only when the harness started it as a process')
    const since = await ctx.mark()
    const names = await ordinaryUse(ctx)
    await refusedLogins(ctx)
    const met = [
      ...(await failing(ctx, LOGIN, 'login')),
      ...(await failingData(ctx)),
      ...(await failingRenewals(ctx)),
      ...(await failing(ctx, LOGOUT, 'logout')),
    ]
    ctx.witness(
      `${met.filter(Boolean).length} of ${met.length} kinds of trouble reached the target`,
      met.some(Boolean),
    )
    await ctx.drain()
    await learnPresigned(ctx, since)
    learnCookies(ctx, names)
    await steady(() => ctx.instances.reduce((sum, each) => sum + each.output().length, 0))
    const leaks = await ctx.leaksIn(printedLines(ctx.instances), SECRETS)
    ctx.expect('secrets in what the target printed', [], [...new Set(leaks.map(describeLeak))])
  },
})

/** The names of the session cookies. */
async function ordinaryUse(ctx: CheckContext): Promise<string[]> {
  const session = await ctx.signedIn()
  const names = (await sessionCookies(ctx, session)).map(({ name }) => name)
  for (const route of dataRoutes(ctx)) await session.call(route)
  if (ctx.target.routes.me) await session.call('me')
  await ctx.expire(session.user)
  await session.call('list')
  await session.call('logout')
  ctx.witness('the login set a session cookie', names.length > 0)
  return names
}

/** Every value that the session cookies had since the check began. */
function learnCookies(ctx: CheckContext, names: readonly string[]): void {
  for (const { headers } of ctx.recorder.current())
    for (const header of headersNamed(headers, 'set-cookie')) {
      const [name = '', ...rest] = (header.split(';')[0] ?? '').split('=')
      const value = rest.join('=')
      if (!names.includes(name.trim())) continue
      for (const each of new Set([value, decoded(value)]))
        if (each.length >= LEAST_COOKIE)
          ctx.registry.add({ kind: 'session-cookie', owner: name, generation: 0, value: each })
    }
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

async function refusedLogins(ctx: CheckContext): Promise<void> {
  const visitor = await ctx.visitor()
  const value = `Pw-${randomMarker()}`
  ctx.registry.add({ kind: 'password', owner: visitor.user.email, generation: 0, value })
  await visitor.call('login', { values: { 'user.password': value } })
  await (await ctx.visitor()).call('login', { edit: undecodable })
}

/** A user whose calls of a route meet each trouble in turn; whether they did. */
async function failing(ctx: CheckContext, operation: string, route: RouteName): Promise<boolean[]> {
  const met: boolean[] = []
  for (const effect of TROUBLES) {
    const session = await (route === 'login' ? ctx.visitor() : ctx.signedIn())
    const fault = await ctx.fault({ operation, times: null, effect })
    await session.call(route)
    met.push((await fault.hits()) > 0)
    await fault.remove()
  }
  return met
}

async function failingData(ctx: CheckContext): Promise<boolean[]> {
  const met: boolean[] = []
  for (const route of dataRoutes(ctx)) {
    const finding = ctx.discovery.routes.find((each) => each.route === route)
    const operations = [...new Set(finding?.upstream ?? [])].filter(
      (operation) => !operation.includes('@storage') && !operation.includes('/authentication/'),
    )
    for (const operation of operations) met.push(...(await failing(ctx, operation, route)))
  }
  if (dataRoutes(ctx).includes('preview')) met.push(...(await failing(ctx, STORAGE_GET, 'preview')))
  return met
}

async function failingRenewals(ctx: CheckContext): Promise<boolean[]> {
  const met: boolean[] = []
  for (const effect of [...TROUBLES, { status: 400, message: 'Refresh token not found' }]) {
    const session = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
    const fault = await ctx.fault({
      operation: RENEW,
      user: session.user.id,
      times: null,
      effect,
    })
    await session.call('list')
    met.push((await fault.hits()) > 0)
    await fault.remove()
  }
  return met
}
