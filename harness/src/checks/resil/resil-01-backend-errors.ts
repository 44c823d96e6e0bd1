import { defineCheck } from '../../check.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'
import { besideList, troubledCall } from '../shared/troubled-call.ts'

export const resil01 = defineCheck({
  id: 'RESIL-01',
  title: 'Errors of the backend are errors, not the end of the session',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['ASVS5-16.5.2'],
  source: ['many refusals of Conduit are 500'],
  mutants: ['5xx-clears-session', '5xx-of-create-clears-session'],
  usualCauses: [
    'every failed call clears the session',
    'an error is answered with 200 and an empty list',
    '5xx starts a renewal',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const before = await ctx.mark()
    await session.call('list')
    const operations = [
      ...new Set((await ctx.journal(before, session.user)).data().map((entry) => entry.operation)),
    ]
    for (const status of [500, 502, 503]) {
      const faults = []
      for (const operation of operations)
        faults.push(
          await ctx.fault({
            operation,
            user: session.user.id,
            times: null,
            effect: { status, message: 'Backend down: secret-detail-7431' },
          }),
        )
      const since = await ctx.mark()
      const during = await session.call('list')
      await ctx.drain()
      const view = await ctx.journal(since, session.user)
      ctx.witness(
        `the backend answered ${status}`,
        view.data().some((entry) => entry.status === status),
      )
      ctx.require(
        `the client's answer to ${status}`,
        during.failure === undefined && during.status >= 500,
        { expected: '5xx', got: statusText(during) },
      )
      ctx.expect(`renewals because of ${status}`, 0, view.renews().length)
      for (const fault of faults) await fault.remove()
      const after = await session.call('list')
      ctx.require(`the same session after ${status} is over`, isSuccess(after), {
        expected: '2xx',
        got: statusText(after),
      })
    }
    await besideList(ctx, async (call, owner) => {
      for (const status of [500, 503]) {
        const effect = { status, message: 'Backend down' }
        const met = await troubledCall(ctx, owner, call, effect)
        if (!met) continue
        const about = `${call.about} meets ${status}`
        ctx.expect(`renewals when ${about}`, 0, met.view.renews().length)
        const after = await owner.call('list')
        ctx.require(`the session after ${about}`, isSuccess(after), {
          expected: '2xx',
          got: statusText(after),
        })
      }
    })
  },
})
