import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { isAccepted, statusText } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { createsIn, scopesOf } from '../shared/scopes.ts'

/** A session, what it is called in the report, and the scope that its creates had while nobody else was about. */
interface Tenant {
  session: Session
  name: string
  scope: string
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
  mutants: ['scope-module-global', 'scope-set-per-request', 'scope-of-first-user'],
  usualCauses: [
    'the scope is a variable of the module, or of a client that all sessions share',
    'the scope is that of whoever signed in last',
  ],
  async run(ctx) {
    if (!ctx.target.routes.create?.scope) ctx.skip('routes.create.scope is not declared')
    const first = await tenant(ctx, await ctx.signedIn(), 'the first session')
    const second = await tenant(ctx, await ctx.signedIn(), 'the second session')
    ctx.witness(`the sessions create in ${first.scope} and ${second.scope}`, true)
    for (const each of [first, second]) await expectNobodyElses(ctx, each)
    if (first.scope === second.scope)
      ctx.skip(`both users create in ${first.scope}: the target knows one scope for all`)
    await ownScopes(ctx, [first, second, first], 'one after the other')
    const mixed = Array.from({ length: 2 * PAIRS }, (_, index) => (index % 2 ? second : first))
    await ownScopes(ctx, mixed, 'at the same time')
    await heldOpen(ctx, first, second)
    const again = first.session.copy()
    await ctx.signIn(again)
    const { scope } = await tenant(ctx, again, 'the same user')
    ctx.expect('scope of the same user in another session', first.scope, scope)
  },
})

async function tenant(ctx: CheckContext, session: Session, name: string): Promise<Tenant> {
  const since = await ctx.mark()
  const answer = await session.call('create')
  ctx.setup(isAccepted(answer), `create answered ${statusText(answer)}.`)
  await ctx.drain()
  const [scope] = createsIn(await ctx.journal(since, session.user)).flatMap(scopesOf)
  ctx.setup(scope !== undefined, `a create of ${name} has no scope upstream.`)
  return { session, name, scope: scope ?? '' }
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
  if (how === 'at the same time')
    await Promise.all(tenants.map(({ session }) => session.call('create')))
  else for (const { session } of tenants) await session.call('create')
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
  const open = await held.session.open('create')
  const reached = await gate.waiting(1, REACH_UPSTREAM_MS)
  ctx.witness('a create waits upstream while another session creates', reached)
  await meanwhile.session.call('create')
  await gate.release()
  await open.done
  await ctx.drain()
  for (const each of [held, meanwhile])
    await expectOwn(ctx, each, { since, about: 'while one is held upstream' })
}

async function expectOwn(
  ctx: CheckContext,
  { session, name, scope }: Tenant,
  { since, about }: { since: number; about: string },
): Promise<void> {
  const creates = createsIn(await ctx.journal(since, session.user))
  ctx.witness(`creates of ${name}, ${about}`, creates.length > 0)
  ctx.expect(
    `scopes of ${name}, ${about}`,
    [scope],
    [...new Set(creates.map((create) => scopesOf(create).join(' and ') || 'none'))],
  )
}
