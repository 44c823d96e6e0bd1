import type { CheckContext } from '../../context.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { isSuccess, tally } from './answers.ts'
import type { Stampede } from './stampede.ts'

/** One renewal, every caller served, no spent token presented; afterwards the session works on the instances that were asked, without a late renewal. */
export async function expectSingleRenewal(
  ctx: CheckContext,
  session: Session,
  outcome: Stampede,
  among = '',
): Promise<void> {
  ctx.expect(`renewals${among}`, 1, outcome.renewals.length)
  ctx.require('answers to the client', outcome.answers.every(isSuccess), {
    expected: `2xx ×${outcome.answers.length}`,
    got: tally(outcome.answers),
  })
  ctx.expect('spent refresh tokens presented', 0, await ctx.reuses(session.user))
  const since = await ctx.mark()
  for (let instance = 0; instance < Math.max(1, outcome.instances); instance += 1) {
    const later = await session.call('list', { instance })
    ctx.aftermath.require(`list afterwards on instance ${instance + 1}`, isSuccess(later), {
      expected: '2xx',
      got: statusText(later),
    })
  }
  await ctx.drain()
  ctx.aftermath.expect('late renewals', 0, (await ctx.journal(since, session.user)).renews().length)
}
