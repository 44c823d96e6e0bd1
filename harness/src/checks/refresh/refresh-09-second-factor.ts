import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { isSuccess } from '../shared/answers.ts'
import { besideList, troubledCall } from '../shared/troubled-call.ts'
import { upstreamOf } from '../shared/upstream-of.ts'

const MESSAGE = '2FA is required'

export const refresh09 = defineCheck({
  id: 'REFRESH-09',
  title: 'A second factor that is asked for ends neither in a loop nor in a logout',
  level: 'MUST',
  profiles: ['conduit'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['REFRESH-22'],
  requirement: ['T-21', 'T-24'],
  source: ['Conduit:modules/authentication middleware answers 401 "2FA is required"'],
  mutants: ['any-401-clears-session', 'second-401-of-me-clears-session'],
  usualCauses: [
    'a 401 after a renewal is taken for the end of the session',
    'every 401 starts another renewal',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const faults = []
    for (const operation of await upstreamOf(ctx, session, 'list'))
      faults.push(
        await ctx.fault({
          operation,
          user: session.user.id,
          times: null,
          effect: { status: 401, message: MESSAGE },
        }),
      )
    await expectBounded(ctx, session)
    for (const fault of faults) await fault.remove()
    const later = await session.call('list')
    ctx.require('the same session when the factor was given', isSuccess(later), {
      expected: '2xx',
      got: statusText(later),
    })
    ctx.expect('spent refresh tokens presented', 0, await ctx.reuses(session.user))
    await besideList(ctx, async (call, owner) => {
      if (!(await troubledCall(ctx, owner, call, { status: 401, message: MESSAGE }))) return
      const after = await owner.call('list')
      ctx.require(`the session after ${call.about} met 401 "${MESSAGE}"`, isSuccess(after), {
        expected: '2xx',
        got: statusText(after),
      })
    })
  },
})

async function expectBounded(ctx: CheckContext, session: Session): Promise<void> {
  const since = await ctx.mark()
  const answer = await session.call('list')
  await ctx.drain()
  const view = await ctx.journal(since, session.user)
  const refused = view.data().filter((entry) => entry.status === 401 && entry.fault !== undefined)
  ctx.witness(`the call met 401 "${MESSAGE}"`, refused.length > 0)
  const most = Math.max(
    ...refused.map(
      ({ operation }) => refused.filter((each) => each.operation === operation).length,
    ),
  )
  ctx.require('attempts of one upstream call', most <= 2, {
    expected: 'at most 2',
    got: String(most),
  })
  ctx.require('renewals', view.renews().length <= 1, {
    expected: 'at most 1',
    got: String(view.renews().length),
  })
  const isRefusal = answer.failure === undefined && [401, 403].includes(answer.status)
  ctx.require("the client's answer", isRefusal, {
    expected: '401',
    got: statusText(answer),
  })
}
