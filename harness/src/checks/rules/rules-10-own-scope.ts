import { randomUUID } from 'node:crypto'
import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { createCookieJar } from '../../instruments/cookie-jar.ts'
import {
  isAccepted,
  statusText,
  type Exchange,
  type OpenExchange,
} from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import type { RouteName } from '../../target/schema.ts'
import type { TemplateValues } from '../../target/template.ts'
import { createsIn, scopesOf } from '../shared/scopes.ts'
import { withSeveralSessions } from '../shared/several-sessions.ts'
import { signsInOver } from '../shared/signs-in-over.ts'

/** A session, what it is called in the report, and the scope that its creates had while nobody else was about. */
interface Tenant {
  session: Session
  name: string
  scope: string
  /** The backend's number for the login of the session. */
  login: number
  create: () => Promise<Exchange>
  open: () => Promise<OpenExchange>
}

const PAIRS = 8
const REACH_UPSTREAM_MS = 10_000

export const rules10 = defineCheck({
  id: 'RULES-10',
  title: "Creates keep to their own session's scope",
  level: 'MUST',
  profiles: ['core', 'conduit'],
  needs: { routes: ['login', 'create'] },
  dependsOn: ['RULES-08'],
  requirement: ['tenancy'],
  source: ['Conduit crud.handler reads queryParams.scope'],
  mutants: [
    'scope-module-global',
    'scope-set-per-request',
    'scope-of-first-user',
    'scope-kept-per-user',
    'scope-of-session-before',
  ],
  usualCauses: [
    'the scope is a variable of the module, or of a client that all sessions share',
    'the scope is that of whoever signed in last',
    'the scope is that of whoever was signed in before in the same browser',
    'the tenant is looked up by the user, who may be in several',
  ],
  async run(ctx) {
    if (!ctx.target.routes.create?.scope) ctx.skip('routes.create.scope is not declared')
    const first = await tenant(ctx, await ctx.signedIn(), 'the first session')
    const second = await tenant(ctx, await ctx.signedIn(), 'the second session')
    ctx.witness(`the sessions create in ${first.scope} and ${second.scope}`, true)
    for (const each of [first, second]) await expectNobodyElses(ctx, each)
    if (first.scope === second.scope)
      ctx.skip(`both users create in ${first.scope}: the target knows one scope for all`)
    await keptApart(ctx, first, second)
    const again = first.session.copy()
    await ctx.signIn(again)
    const { scope } = await tenant(ctx, again, 'the same user')
    ctx.expect('scope of the same user in another session', first.scope, scope)
    await overAnother(ctx, { ...first, session: again }, second)
    await withSeveralSessions(ctx, () => oneUserInTwoTenants(ctx))
  },
})

async function tenant(
  ctx: CheckContext,
  session: Session,
  name: string,
  { route = 'create', values = {} }: { route?: RouteName; values?: TemplateValues } = {},
): Promise<Tenant> {
  const since = await ctx.mark()
  const create = () => session.call(route, { values })
  const answer = await create()
  ctx.setup(isAccepted(answer), `${route} answered ${statusText(answer)}.`)
  await ctx.drain()
  const creates = createsIn(await ctx.journal(since, session.user))
  const [scope] = creates.flatMap(scopesOf)
  ctx.setup(scope !== undefined, `a create of ${name} has no scope upstream.`)
  return {
    session,
    name,
    scope: scope ?? '',
    login: creates[0]?.token?.session ?? 0,
    create,
    open: () => session.open(route, { values }),
  }
}

async function keptApart(ctx: CheckContext, first: Tenant, second: Tenant): Promise<void> {
  await ownScopes(ctx, [first, second, first], 'one after the other')
  const mixed = Array.from({ length: 2 * PAIRS }, (_, index) => (index % 2 ? second : first))
  await ownScopes(ctx, mixed, 'at the same time')
  await heldOpen(ctx, first, second)
}

/** Somebody signs in where somebody else is signed in still: nothing of the first user's may stay. */
async function overAnother(ctx: CheckContext, before: Tenant, coming: Tenant): Promise<void> {
  const session = coming.session.withJar(before.session.copy().browser.jar)
  if (!(await signsInOver(ctx, session))) return
  const { scope } = await tenant(ctx, session, 'who signed in over the session of another')
  ctx.expect('scope of who signed in over the session of another', coming.scope, scope)
}

/** Two sessions of one user, each in a tenant of its own, by whichever way the target has to choose one. */
async function oneUserInTwoTenants(ctx: CheckContext): Promise<void> {
  const { createInTenant, tenant: entering } = ctx.target.routes
  const route = createInTenant ? 'createInTenant' : 'create'
  if (!createInTenant && !entering) {
    ctx.note('neither routes.createInTenant nor routes.tenant is declared: one tenant per user')
    return
  }
  const session = await ctx.signedIn()
  const again = session.withJar(createCookieJar())
  await ctx.signIn(again)
  const tenants: Tenant[] = []
  for (const [each, name] of [
    [session, 'the first session of one user'],
    [again, 'the second session of one user'],
  ] as const) {
    const values = { tenant: randomUUID() }
    await ctx.backend.control.seed({
      relations: [
        { subject: `User:${each.user.id}`, relation: 'owner', resource: `Team:${values.tenant}` },
      ],
    })
    if (entering) {
      const entered = await each.call('tenant', { values })
      ctx.setup(isAccepted(entered), `tenant answered ${statusText(entered)}.`)
    }
    const made = await tenant(ctx, each, name, { route, values })
    ctx.require(`scopes of ${name}, alone`, made.scope.includes(values.tenant), {
      expected: `the tenant ${values.tenant}`,
      got: made.scope,
    })
    tenants.push(made)
  }
  const [first, second] = tenants
  if (first && second) await keptApart(ctx, first, second)
}

/** A scope may be a tenant that many share, but not another user. */
async function expectNobodyElses(ctx: CheckContext, { session, name, scope }: Tenant) {
  const users = await ctx.backend.control.users()
  ctx.expect(
    `other users whose scope ${name} creates in`,
    [],
    users
      .filter(({ _id }) => _id !== session.user.id && scope.includes(_id))
      .map(({ _id, email }) => email ?? _id),
  )
}

async function ownScopes(
  ctx: CheckContext,
  tenants: readonly Tenant[],
  how: 'one after the other' | 'at the same time',
): Promise<void> {
  const since = await ctx.mark()
  if (how === 'at the same time') await Promise.all(tenants.map(({ create }) => create()))
  else for (const { create } of tenants) await create()
  await ctx.drain()
  for (const each of new Set(tenants)) await expectOwn(ctx, each, { since, about: how })
}

/** One create is held upstream in the middle of its renewal (or as it is), another session creates, the first goes on. */
async function heldOpen(ctx: CheckContext, held: Tenant, meanwhile: Tenant): Promise<void> {
  const since = await ctx.mark()
  if (ctx.discovery.expiry.includes('decree')) await ctx.expire(held.session.user)
  const gate = await ctx.gate({
    operation: '*',
    user: held.session.user.id,
    at: 'answer',
    times: 1,
  })
  const open = await held.open()
  const reached = await gate.waiting(1, REACH_UPSTREAM_MS)
  ctx.witness('a create waits upstream while another session creates', reached)
  await meanwhile.create()
  await gate.release()
  await open.done
  await ctx.drain()
  for (const each of [held, meanwhile])
    await expectOwn(ctx, each, { since, about: 'while one is held upstream' })
}

async function expectOwn(
  ctx: CheckContext,
  { session, name, scope, login }: Tenant,
  { since, about }: { since: number; about: string },
): Promise<void> {
  const creates = createsIn(await ctx.journal(since, session.user)).filter(
    ({ token }) => token?.session === login,
  )
  ctx.witness(`creates of ${name}, ${about}`, creates.length > 0)
  ctx.expect(
    `scopes of ${name}, ${about}`,
    [scope],
    [...new Set(creates.map((create) => scopesOf(create).join(' and ') || 'none'))],
  )
}
