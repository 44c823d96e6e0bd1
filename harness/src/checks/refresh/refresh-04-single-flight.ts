import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import type { ExpiryMode } from '../../discovery.ts'
import type { RouteName } from '../../target/schema.ts'
import { dataRoutes } from '../shared/answers.ts'
import { stampede } from '../shared/stampede.ts'
import { expectSingleRenewal } from '../shared/single-renewal.ts'

const CALLS = 25
const TOGETHER = 10

export const refresh04 = defineCheck({
  id: 'REFRESH-04',
  title: 'Parallel calls on one instance share one renewal',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['REFRESH-01', 'REFRESH-22'],
  requirement: [
    'RFC9700#4.14',
    'NA0 10.2',
    'T-01',
    'T-09',
    'T-10',
    'T-11',
    'T-12',
    'T-13',
    'T-14',
    'T-57',
  ],
  source: ['a refresh token works once: the second renew of it answers 400'],
  mutants: ['no-single-flight'],
  usualCauses: [
    'each request renews on its own 401',
    'the promise of the running renewal is kept per request, not per session',
    'callers that come second are answered with the old 401',
  ],
  async run(ctx) {
    for (const mode of ctx.discovery.expiry) await together(ctx, mode, ['list'])
    const routes = dataRoutes(ctx)
    if (routes.length > 1) await together(ctx, ctx.discovery.expiry[0] ?? 'decree', routes)
  },
})

async function together(
  ctx: CheckContext,
  mode: ExpiryMode,
  routes: readonly RouteName[],
): Promise<void> {
  const session = await ctx.expired(mode)
  const outcome = await stampede(ctx, session, { calls: CALLS, over: 1, routes })
  const met = Math.max(outcome.refusedTogether, outcome.waitingForRenewal)
  ctx.witness(
    `at least ${TOGETHER} of ${CALLS} calls of ${routes.join(', ')} needed the renewal at one moment (${met} did)`,
    met >= TOGETHER,
  )
  await expectSingleRenewal(ctx, session, outcome, routes.length > 1 ? ' among several routes' : '')
}
