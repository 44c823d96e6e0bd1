import { defineCheck } from '../../check.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'
import { expectSingleRenewal } from '../shared/single-renewal.ts'
import { stampede } from '../shared/stampede.ts'

const CALLS = 24
const TOGETHER = 10

export const refresh05 = defineCheck({
  id: 'REFRESH-05',
  title: 'One renewal across instances',
  level: 'MUST',
  profiles: ['core', 'cluster'],
  needs: { routes: ['login', 'list'], instances: 2, redis: true },
  dependsOn: ['VAULT-05', 'REFRESH-04'],
  requirement: ['RFC9700#4.14', 'T-15', 'T-16', 'T-17', 'T-18', 'T-19'],
  source: ['a refresh token works once: the second renew of it answers 400'],
  mutants: ['in-process-promise-lock'],
  usualCauses: [
    'single flight is a map of promises in one process',
    'the lock is taken after the tokens were read',
    'the waiter presents the refresh token it had read before it waited',
  ],
  async run(ctx) {
    const over = ctx.instances.length
    for (const mode of ctx.discovery.expiry) {
      const session = await ctx.expired(mode)
      if (mode === 'decree') await worksEverywhere()
      const outcome = await stampede(ctx, session, { calls: CALLS, over })
      const met = Math.max(outcome.refusedTogether, outcome.waitingForRenewal)
      ctx.witness(
        `at least ${TOGETHER} of ${CALLS} calls on ${over} instances needed the renewal at one moment (${met} on ${outcome.instances})`,
        met >= TOGETHER && outcome.instances >= 2,
      )
      await expectSingleRenewal(ctx, session, outcome)
    }

    async function worksEverywhere(): Promise<void> {
      const other = await ctx.signedIn()
      for (const [instance] of ctx.instances.entries()) {
        const answer = await other.call('list', { instance })
        ctx.setup(
          isSuccess(answer),
          `the list route answered ${statusText(answer)} on instance ${instance + 1} for a session of instance 1.`,
        )
      }
    }
  },
})
