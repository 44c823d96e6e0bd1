import { defineCheck } from '../../check.ts'
import { inThePast, type CheckContext } from '../../context.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { isSuccess } from '../shared/answers.ts'

const CALLS = 20
/** A first attempt for each way in which a target may find out that its clock does not help. */
const FEW = 5

export const refresh28 = defineCheck({
  id: 'REFRESH-28',
  title: 'A clock that is wrong does not make every call renew',
  level: 'SHOULD',
  profiles: ['core', 'hardening'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['REFRESH-01'],
  requirement: ['clock skew', 'T-58'],
  source: ['the backend judges exp by its own clock'],
  mutants: ['trusts-exp-only', 'renews-until-exp-is-ahead'],
  usualCauses: [
    'exp is compared with the own clock, and that a new token looks over as well is not noticed',
    'the renewal is repeated until the token looks fresh',
  ],
  async run(ctx) {
    await inThePast(ctx.backend, async () => {
      const session = await ctx.visitor()
      await ctx.signIn(session)
      const states = await callsWithFewRenewals(ctx, session, 'exp past, token accepted')
      ctx.witness('the backend accepts a token whose exp is past here', states.includes('live'))
    })
    if (ctx.discovery.expiry.includes('decree')) {
      const session = await ctx.signedIn()
      await ctx.expire(session.user)
      await callsWithFewRenewals(ctx, session, 'exp ahead, token refused')
    }
    const list = await (await ctx.signedIn()).call('list')
    ctx.aftermath.require('list once the clocks agree', isSuccess(list), {
      expected: '2xx',
      got: statusText(list),
    })
  },
})

/** The states of the tokens that went upstream. */
async function callsWithFewRenewals(
  ctx: CheckContext,
  session: Session,
  about: string,
): Promise<(string | undefined)[]> {
  const states: (string | undefined)[] = []
  const renewals: number[] = []
  for (let call = 0; call < CALLS; call += 1) {
    const since = await ctx.mark()
    await session.call('list')
    const view = await ctx.journal(since, session.user)
    renewals.push(view.renews().length)
    states.push(...view.data().map(({ token }) => token?.state))
  }
  const most = Math.max(...renewals)
  ctx.require(`renewals by one call, ${about}`, most <= 1, {
    expected: 'at most 1',
    got: String(most),
  })
  const sum = renewals.reduce((total, each) => total + each, 0)
  ctx.require(`renewals over ${CALLS} calls, ${about}`, sum <= FEW, {
    expected: `at most ${FEW}`,
    got: String(sum),
  })
  return states
}
