import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText, type Exchange } from '../../instruments/http-exchange.ts'
import { until } from '../../instruments/settle.ts'
import type { Session } from '../../session.ts'
import type { RouteName } from '../../target/schema.ts'
import { isSuccess } from '../shared/answers.ts'
import { declaredCalls } from '../shared/declared-calls.ts'

/** Longer than circuit breakers usually stay open. */
const RECOVERY_MS = 35_000

export const resil03 = defineCheck({
  id: 'RESIL-03',
  title: 'A backend that refuses connections is an outage, and its return is noticed',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['VAULT-05', 'REFRESH-01'],
  requirement: ['ASVS5-16.5.4'],
  source: [],
  mutants: ['crash-on-econnrefused', 'me-clears-when-gone'],
  usualCauses: [
    'an error event or a rejected promise that nobody handles ends the process',
    'a circuit breaker that is never closed again',
    'a connection that cannot be made counts as a session that has ended',
  ],
  async run(ctx) {
    const { doors } = ctx.backend
    if (!doors) return ctx.skip('the backend port of a target that runs already stays open')
    const session = await ctx.signedIn()
    const stale = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
    const calls = declaredCalls(ctx).filter(({ route }) => goesUpstream(ctx, route))
    await ctx.drain()
    const since = await ctx.mark()
    const answers: { what: string; route: RouteName; answer: Exchange }[] = []
    await doors.close()
    try {
      for (const { about, route, options } of calls)
        for (const [instance] of ctx.instances.entries()) {
          const what = `${about} on instance ${instance + 1}`
          const answer = await session.call(route, { ...options, instance })
          answers.push({ what, route, answer })
        }
      const what = 'a list that needs a renewal'
      answers.push({ what, route: 'list', answer: await stale.call('list') })
    } finally {
      await doors.open()
    }
    const arrived = (await ctx.journal(since, session.user)).api()
    ctx.witness('nothing of the session reached the backend', arrived.length === 0)
    ctx.witness('the list needs the backend', goesUpstream(ctx, 'list'))
    for (const { what, route, answer } of answers)
      ctx.require(`the answer to ${what} while the backend is gone`, isOutage(route, answer), {
        expected: '502 or 503',
        got: statusText(answer),
      })
    const ended = ctx.instances.flatMap((instance) => {
      const how = instance.exited()
      return how === undefined ? [] : [`${instance.label}: ${how}`]
    })
    ctx.expect('processes that ended', [], ended)
    await recovers(ctx, session, stale)
  },
})

/** A file whose address cannot be learnt may be called missing, and who is signed in may be known still; a session never ends. */
const isOutage = (route: RouteName, answer: Exchange) =>
  answer.failure === undefined &&
  (answer.status >= 500 ||
    (route === 'preview' && answer.status === 404) ||
    (route === 'me' && isSuccess(answer)))

const goesUpstream = ({ discovery }: CheckContext, route: RouteName) =>
  discovery.routes.some((each) => each.route === route && each.upstream.length > 0)

async function recovers(ctx: CheckContext, session: Session, stale: Session): Promise<void> {
  for (const [instance] of ctx.instances.entries())
    await expectList(ctx, session, {
      about: `the same session on instance ${instance + 1} when the backend is back`,
      instance,
    })
  const since = await ctx.mark()
  await expectList(ctx, stale, {
    about: 'the session that needs a renewal when the backend is back',
    instance: 0,
  })
  const view = await ctx.journal(since, stale.user)
  ctx.expect('renewals granted when the backend is back', 1, view.renewed().length)
}

async function expectList(
  ctx: CheckContext,
  session: Session,
  { about, instance }: { about: string; instance: number },
): Promise<void> {
  let answer: Exchange | undefined
  await until(
    RECOVERY_MS,
    async () => (answer = await session.call('list', { instance })).status < 500,
    250,
  )
  ctx.require(about, answer !== undefined && isSuccess(answer), {
    expected: '2xx without a restart',
    got: answer ? statusText(answer) : 'none',
  })
}
