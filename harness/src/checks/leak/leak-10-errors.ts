import type { FaultEffect } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import type { ArmedFault, CheckContext } from '../../context.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import { textOf, type Exchange } from '../../instruments/http-exchange.ts'
import { RENEW } from '../../instruments/journal-view.ts'
import { until } from '../../instruments/settle.ts'
import { declaredCalls, type DeclaredCall } from '../shared/declared-calls.ts'
import { internalsIn } from '../shared/internals.ts'
import { sideBySide } from '../shared/side-by-side.ts'

interface Trouble {
  name: string
  /** `token` is the caller's own access token: a 5xx body that repeats it must not get through. */
  effect: (token: string) => FaultEffect
  hangs?: boolean
}

const refusal = (status: number, message: string): Trouble => ({
  name: `${status}`,
  effect: () => ({ status, message }),
})

const failure = (status: number): Trouble => ({
  name: `${status}`,
  effect: (token) => ({
    status,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      name: 'INTERNAL_SERVER_ERROR',
      status,
      message: 'Something failed',
      debug: { authorization: `Bearer ${token}` },
    }),
  }),
})

const TROUBLES: readonly Trouble[] = [
  refusal(400, 'Invalid arguments'),
  refusal(401, 'Token is expired or otherwise not valid'),
  refusal(403, 'Not allowed'),
  refusal(404, 'Document does not exist'),
  refusal(429, 'Too Many Requests'),
  failure(500),
  failure(503),
  { name: 'reset', effect: () => ({ socket: 'reset' }) },
  { name: 'cut in the middle of the body', effect: () => ({ socket: 'truncate', afterBytes: 12 }) },
  {
    name: 'a JSON of another shape',
    effect: () => ({ replaceBody: '{"documents":[null],"result":{}}' }),
  },
  { name: 'invalid JSON', effect: () => ({ replaceBody: '{"documents": [{"title": ' }) },
]
const CREDENTIAL_TROUBLES: readonly FaultEffect[] = [
  { status: 400, message: 'Refused' },
  { status: 500, message: 'Something failed' },
  { socket: 'reset' },
  { replaceBody: '<html>not JSON' },
]
const HANGS: Trouble = {
  name: 'no answer',
  effect: () => ({ status: 503, message: 'late' }),
  hangs: true,
}

/** How long a hanging backend hangs; a target that gives up earlier is looked at earlier. */
const HANG_MS = 12_000

export const leak10 = defineCheck({
  id: 'LEAK-10',
  title: 'Errors of the backend show the browser no tokens and no internals',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['ASVS5-16.5.1', 'T-47', 'T-48', 'T-49'],
  source: [],
  mutants: ['json-axios-error', 'stack-of-own-mistake', 'search-shows-backend-error'],
  usualCauses: [
    "the HTTP client's error object, which holds the request headers, is answered as JSON",
    'the development error page is on',
    "the backend's 5xx body is passed on",
    'an answer of another shape is an exception that nobody handles, and the framework shows it',
  ],
  async run(ctx) {
    // Signed in before logins fail; everything else is asked while it hangs.
    const hanging = await provoke(ctx, { about: 'list', route: 'list', options: {} }, HANGS)
    const problems = (
      await sideBySide([
        hanging().then((outcome) => [outcome]),
        failingCredentials(ctx).then(async (failed) => [...failed, ...(await inTurn(ctx))]),
      ])
    ).flat()
    const met = problems.filter((each) => each.met).length
    ctx.witness(`${met} of ${problems.length} kinds of trouble reached the target`, met > 0)
    ctx.expect(
      'tokens and internals in error answers',
      [],
      problems.flatMap((each) => each.found),
    )
  },
})

interface Outcome {
  met: boolean
  found: string[]
}

async function inTurn(ctx: CheckContext): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const trouble of TROUBLES)
    outcomes.push(
      ...(await Promise.all(declaredCalls(ctx).map((call) => troubledCall(ctx, call, trouble)))),
    )
  return outcomes
}

const troubledCall = async (ctx: CheckContext, call: DeclaredCall, trouble: Trouble) =>
  (await provoke(ctx, call, trouble))()

/** Makes a call that meets trouble, and gives what waits for its outcome. Each has a user of its own, so that a session that ends does not disturb the others. */
async function provoke(
  ctx: CheckContext,
  { about, route, options }: DeclaredCall,
  trouble: Trouble,
): Promise<() => Promise<Outcome>> {
  const session = await ctx.signedIn()
  const user = session.user.id
  const finding = ctx.discovery.routes.find((each) => each.route === route)
  // A search may ask another operation than the list.
  const operations = [
    ...new Set(finding?.upstream),
    ...(about === route ? [] : ['GET /database/*']),
  ].filter((operation) => !/@storage|\/authentication\/(?!user\b)/.test(operation))
  const token =
    (await ctx.backend.control.tokens(user)).filter((each) => each.kind === 'access').at(-1)
      ?.token ?? ''
  const faults: ArmedFault[] = []
  for (const operation of operations)
    faults.push(await ctx.fault({ operation, user, times: null, effect: trouble.effect(token) }))
  const gate = trouble.hangs ? await ctx.gate({ operation: '*', user, at: 'answer' }) : undefined
  const open = await session.open(route, options)
  return async () => {
    if (gate) {
      await until(HANG_MS, () => open.isDone())
      await gate.release()
    }
    const answer = await open.done
    const met = (await Promise.all(faults.map((fault) => fault.hits()))).some((hits) => hits > 0)
    for (const fault of faults) await fault.remove()
    return {
      met,
      found: (await revealed(ctx, answer)).map(
        (what) => `${what} (${about}, backend: ${trouble.name})`,
      ),
    }
  }
}

/** Login and renewal carry a password and a refresh token instead of an access token. */
async function failingCredentials(ctx: CheckContext): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const effect of CREDENTIAL_TROUBLES) {
    const visitor = await ctx.visitor()
    const login = await ctx.fault({ operation: 'POST /authentication/local', times: null, effect })
    const refused = await visitor.call('login')
    outcomes.push(await outcomeOf(ctx, login, { answer: refused, about: 'login' }))
    const expired = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
    const renewal = await ctx.fault({
      operation: RENEW,
      user: expired.user.id,
      times: null,
      effect,
    })
    const answer = await expired.call('list')
    outcomes.push(await outcomeOf(ctx, renewal, { answer, about: 'list, when the renewal fails' }))
  }
  return outcomes
}

async function outcomeOf(
  ctx: CheckContext,
  fault: ArmedFault,
  { answer, about }: { answer: Exchange; about: string },
): Promise<Outcome> {
  const met = (await fault.hits()) > 0
  await fault.remove()
  return { met, found: (await revealed(ctx, answer)).map((what) => `${what} (${about})`) }
}

async function revealed(ctx: CheckContext, answer: Exchange): Promise<string[]> {
  const tokens = await ctx.leaksIn(answer, [
    'access',
    'refresh',
    'client-secret',
    'session-password',
    'password',
  ])
  if (answer.status < 400 && answer.failure === undefined) return tokens.map(describeLeak)
  const hosts = [...ctx.backend.urls, ctx.backend.storageUrl].map((url) => new URL(url).host)
  return [...tokens.map(describeLeak), ...internalsIn(textOf(answer), hosts)]
}
