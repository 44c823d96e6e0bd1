import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { isAccepted, statusText } from '../../instruments/http-exchange.ts'
import type { RouteCall } from '../../instruments/route-call.ts'
import { isRecord } from '../../is-record.ts'
import { createsIn, scopesOf } from '../shared/scopes.ts'

/** Ways in which a browser may name a scope of its own. */
const WAYS: readonly { about: string; edit: (call: RouteCall, scope: string) => RouteCall }[] = [
  {
    about: 'in the query',
    edit: (call, scope) => inQuery(call, `scope=${encodeURIComponent(scope)}`),
  },
  {
    about: 'in the query, as a list',
    edit: (call, scope) => inQuery(call, `scope[]=${encodeURIComponent(scope)}`),
  },
  { about: 'in the body', edit: (call, scope) => inBody(call, scope) },
  {
    about: 'in a header',
    edit: (call, scope) => ({
      ...call,
      headers: [...call.headers, ['scope', scope], ['X-Scope', scope]],
    }),
  },
]

export const rules11 = defineCheck({
  id: 'RULES-11',
  title: 'A browser cannot choose the scope of a create',
  level: 'MUST',
  profiles: ['conduit'],
  needs: { routes: ['login', 'create'] },
  dependsOn: ['RULES-08'],
  requirement: ['ASVS5-8'],
  source: ['Conduit checks a scope only for schemas with authorization on'],
  mutants: ['client-scope-passthrough', 'foreign-scope-dropped'],
  usualCauses: [
    'query parameters of the browser are laid over the own ones',
    'a scope that is not allowed is left out instead of refused',
  ],
  async run(ctx) {
    if (!ctx.target.routes.create?.scope) ctx.skip('routes.create.scope is not declared')
    const other = await ctx.visitor()
    for (const scope of ['Team:bffc-foreign', `User:${other.user.id}`])
      for (const way of WAYS) await attempt(ctx, scope, way)
  },
})

async function attempt(
  ctx: CheckContext,
  scope: string,
  { about, edit }: (typeof WAYS)[number],
): Promise<void> {
  const session = await ctx.signedIn()
  const since = await ctx.mark()
  const answer = await session.call('create', { edit: (call) => edit(call, scope) })
  await ctx.drain()
  const creates = createsIn(await ctx.journal(since, session.user))
  const where = `${scope.split(':')[0] ?? ''} scope ${about}`
  ctx.witness(
    `a create with a foreign ${where} (${statusText(answer)})`,
    answer.failure === undefined,
  )
  // A refusal of the backend that the browser is told of is as good as one of the BFF's own.
  const taken = creates.filter(({ status }) => status < 400)
  ctx.expect(
    `creates upstream with a foreign ${where}`,
    [],
    taken.filter((create) => scopesOf(create).includes(scope)).map(({ path }) => path),
  )
  ctx.expect(
    `creates upstream without a scope, for a foreign ${where}`,
    0,
    taken.filter((create) => scopesOf(create).join('') === '').length,
  )
  ctx.require(
    `the answer to a create that the backend refused, for a foreign ${where}`,
    taken.length > 0 || !isAccepted(answer),
    { expected: '4xx', got: statusText(answer) },
  )
}

const inQuery = (call: RouteCall, search: string): RouteCall => ({
  ...call,
  path: `${call.path}${call.path.includes('?') ? '&' : '?'}${search}`,
})

function inBody(call: RouteCall, scope: string): RouteCall {
  const text = call.body?.toString('utf8') ?? ''
  if (!text.startsWith('{')) return call
  const value: unknown = JSON.parse(text)
  return isRecord(value)
    ? { ...call, body: Buffer.from(JSON.stringify({ ...value, scope })) }
    : call
}
