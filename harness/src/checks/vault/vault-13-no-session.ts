import { defineCheck } from '../../check.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { dataRoutes, isSignedOut, tally } from '../shared/answers.ts'
import { inBatches } from '../shared/side-by-side.ts'

/** Calls of a signed-in user before, so that every thread of a usual server has served one. */
const WARMED = 128
const ANONYMOUS = 32
const AT_ONCE = 32
/** A limit on calls may count those before. */
const TOO_MANY = 429

export const vault13 = defineCheck({
  id: 'VAULT-13',
  title: 'Without a session data routes answer 401 and call nothing upstream',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: [
    'Duende unauthenticated_calls_to_remote_endpoint_should_return_401',
    'Schemathesis ignored_auth',
  ],
  source: [],
  mutants: ['anonymous-passthrough', 'worker-remembers-session'],
  usualCauses: [
    'the session is checked by the backend only',
    'a service token stands in for a missing session',
    'a thread or a worker keeps the session of the request before: a ThreadLocal that is not cleared',
  ],
  async run(ctx) {
    const owner = await ctx.signedIn()
    await ctx.drain()
    const routes = dataRoutes(ctx)
    const before = await ctx.mark()
    for (const route of routes) {
      const answer = await owner.call(route)
      ctx.setup(answer.status < 400, `${route} with a session answered ${statusText(answer)}.`)
    }
    await ctx.drain()
    ctx.witness(
      'with a session the same calls go upstream',
      (await ctx.journal(before)).api().length > 0,
    )
    await inBatches(Array.from({ length: WARMED }), AT_ONCE, () => owner.call('list'))
    await ctx.drain()
    const since = await ctx.mark()
    for (const route of routes) {
      const stranger = await ctx.visitor()
      const values = {
        id: owner.user.documentId ?? owner.user.file.id,
        'file.id': owner.user.file.id,
      }
      const answer = await stranger.call(route, { values })
      ctx.require(`${route} without a cookie`, isSignedOut(answer), {
        expected: '401 or 403',
        got: statusText(answer),
      })
    }
    const strangers = await inBatches(Array.from({ length: ANONYMOUS }), AT_ONCE, async () =>
      (await ctx.visitor()).call('list'),
    )
    ctx.require(
      `${ANONYMOUS} lists without a cookie, after ${WARMED} with one`,
      strangers.every((answer) => isSignedOut(answer) || answer.status === TOO_MANY),
      { expected: `401 or 403 ×${ANONYMOUS}`, got: tally(strangers) },
    )
    await ctx.drain()
    const view = await ctx.journal(since)
    ctx.expect(
      'upstream calls',
      [],
      [...view.api(), ...view.storage()].map((entry) => `${entry.operation} → ${entry.status}`),
    )
  },
})
