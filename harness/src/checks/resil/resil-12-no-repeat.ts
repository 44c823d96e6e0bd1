import { defineCheck } from '../../check.ts'
import { isAccepted, statusText } from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'

export const resil12 = defineCheck({
  id: 'RESIL-12',
  title: 'A create whose answer was lost is not sent again',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list', 'create'] },
  dependsOn: [],
  requirement: ['RFC9110 §9.2.2'],
  source: [],
  mutants: ['axios-retry-on-post'],
  usualCauses: ['a retry library repeats every method on network errors'],
  async run(ctx) {
    const session = await ctx.signedIn()
    const before = await ctx.mark()
    const usual = await session.call('create')
    ctx.setup(isAccepted(usual), `create answered ${statusText(usual)}.`)
    const operation = (await ctx.journal(before, session.user))
      .data()
      .find((entry) => entry.method === 'POST')?.operation
    ctx.witness('create makes one call that is not idempotent', operation !== undefined)
    const fault = await ctx.fault({
      operation: operation ?? '',
      user: session.user.id,
      times: 1,
      when: 'after',
      effect: { socket: 'reset' },
    })
    const since = await ctx.mark()
    const answer = await session.call('create')
    await ctx.drain()
    ctx.witness('the answer to the create was lost', (await fault.hits()) > 0)
    const attempts = (await ctx.journal(since, session.user))
      .data()
      .filter((entry) => entry.operation === operation)
    ctx.expect('creates sent', 1, attempts.length)
    ctx.require("the client's answer", answer.failure !== undefined || answer.status >= 500, {
      expected: '5xx',
      got: statusText(answer),
    })
    const list = await session.call('list')
    ctx.aftermath.require('list afterwards', isSuccess(list), {
      expected: '2xx',
      got: statusText(list),
    })
  },
})
