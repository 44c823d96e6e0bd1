import { defineCheck } from '../../check.ts'
import type { HeldGate } from '../../context.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { until } from '../../instruments/settle.ts'
import { dataRoutes, isSuccess } from '../shared/answers.ts'
import { upstreamOf } from '../shared/upstream-of.ts'

const CLOSED_WITHIN_MS = 5000

export const resil02 = defineCheck({
  id: 'RESIL-02',
  title: 'A backend that never answers is given up in time',
  level: 'SHOULD',
  profiles: ['hardening'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['ASVS5-13.2.6', 'ASVS5-16.5.2'],
  source: [],
  mutants: ['no-upstream-timeout'],
  usualCauses: [
    'the HTTP client has no time-out of its own',
    'the browser is answered, but the call goes on',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const routes = dataRoutes(ctx)
    const operations = new Set<string>()
    for (const route of routes)
      for (const operation of await upstreamOf(ctx, session, route)) operations.add(operation)
    const since = await ctx.mark()
    const gates: HeldGate[] = []
    for (const operation of operations)
      gates.push(await ctx.gate({ operation, user: session.user.id, at: 'answer' }))
    const opened = await Promise.all(routes.map((route) => session.open(route)))
    const held = async () => {
      let count = 0
      for (const gate of gates) count += await gate.now()
      return count
    }
    const arrived = await until(8000, async () => (await held()) >= routes.length, 50)
    ctx.witness(`calls of ${routes.join(', ')} are held by the backend`, arrived)
    const answers = await Promise.all(opened.map((each) => each.done))
    for (const [index, answer] of answers.entries()) {
      const isInTime = answer.failure === undefined && answer.status >= 500
      ctx.require(`the answer to ${routes[index] ?? ''} within the deadline`, isInTime, {
        expected: `504 or 503 within ${ctx.target.policy.deadline} ms`,
        got: statusText(answer),
      })
    }
    await until(CLOSED_WITHIN_MS, async () => (await held()) === 0, 100)
    const open = (await ctx.journal(since, session.user))
      .data()
      .filter((entry) => entry.close === 'open')
    ctx.expect(
      'upstream calls still open afterwards',
      [],
      open.map((entry) => entry.operation),
    )
    for (const gate of gates) await gate.release()
    const later = await session.call('list')
    ctx.aftermath.require('list afterwards', isSuccess(later), {
      expected: '2xx',
      got: statusText(later),
    })
  },
})
