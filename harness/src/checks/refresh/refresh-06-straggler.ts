import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText, type Exchange } from '../../instruments/http-exchange.ts'
import { until } from '../../instruments/settle.ts'
import type { Session } from '../../session.ts'
import { dataRoutes, isSuccess } from '../shared/answers.ts'

export const refresh06 = defineCheck({
  id: 'REFRESH-06',
  title: 'A late 401 for an old token is retried with the current one, without another renewal',
  level: 'MUST',
  profiles: ['core', 'conduit'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['REFRESH-01', 'REFRESH-22'],
  requirement: ['T-14'],
  source: [
    'Conduit deletes the old access token when it renews, so calls in flight with it answer 401',
  ],
  mutants: ['refresh-on-every-401'],
  usualCauses: [
    'every 401 starts a renewal, without a look at whether the token was renewed meanwhile',
    'the late 401 is passed on',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const since = await ctx.mark()
    const gate = await ctx.gate({ operation: '*', user: session.user.id, at: 'request', times: 1 })
    const slow = await session.open('list')
    ctx.witness('a call with the old token is under way', await gate.waiting(1, 5000))
    await ctx.expire(session.user)
    const other = await anotherCall(ctx, session)
    if (other === undefined) {
      await gate.release()
      await slow.done
      return ctx.skip('the target sends one upstream call of a session at a time: none can be late')
    }
    ctx.setup(isSuccess(other), `the call that should renew answered ${statusText(other)}.`)
    await gate.release()
    const answer = await slow.done
    await ctx.drain()
    const view = await ctx.journal(since, session.user)
    ctx.witness(
      'the old token was refused after the renewal',
      view.data().some((entry) => entry.gate !== undefined && entry.status === 401),
    )
    ctx.expect('renewals', 1, view.renews().length)
    ctx.require("the late call's answer", isSuccess(answer), {
      expected: '2xx',
      got: statusText(answer),
    })
    ctx.expect('spent refresh tokens presented', 0, await ctx.reuses(session.user))
    const later = await session.call('list')
    ctx.aftermath.require('list afterwards', isSuccess(later), {
      expected: '2xx',
      got: statusText(later),
    })
  },
})

/** Well below the time-outs that BFFs give their upstream calls: the held call must outlive the wait. */
const PATIENCE_MS = 1500

/** A second call while the first is held. Equal calls may be merged by the target, so the other routes are tried when the list does not get through. */
async function anotherCall(ctx: CheckContext, session: Session): Promise<Exchange | undefined> {
  const opened = [await session.open('list')]
  const done = () => opened.find((each) => each.isDone())
  if (!(await until(PATIENCE_MS, () => done() !== undefined))) {
    const others = dataRoutes(ctx).filter((route) => route !== 'list')
    opened.push(...(await Promise.all(others.map((route) => session.open(route)))))
    await until(PATIENCE_MS, () => done() !== undefined)
  }
  return done()?.done
}
