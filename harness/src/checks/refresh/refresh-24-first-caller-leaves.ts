import { defineCheck } from '../../check.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { journalMark, RENEW } from '../../instruments/journal-view.ts'
import { steady } from '../../instruments/settle.ts'
import { isSuccess, tally } from '../shared/answers.ts'

export const refresh24 = defineCheck({
  id: 'REFRESH-24',
  title: 'The caller who began the renewal may leave without spoiling it for the others',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['REFRESH-04', 'REFRESH-01'],
  requirement: ['T-20'],
  source: ['a renewal that the backend carried out cannot be repeated with the same token'],
  mutants: ['renew-bound-to-first-request-signal'],
  usualCauses: ["the renewal is sent with the first request's abort signal"],
  async run(ctx) {
    const session = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
    const since = await ctx.mark()
    const gate = await ctx.gate({ operation: RENEW, user: session.user.id, at: 'answer' })
    const first = await session.open('list')
    ctx.witness('the renewal of the first caller is held', await gate.waiting(1, 8000))
    const others = await Promise.all(Array.from({ length: 4 }, () => session.open('list')))
    await Promise.all(others.map((each) => each.sent))
    await steady(() => journalMark(ctx.backend.control), { forMs: 300, maxMs: 4000 })
    first.abandon()
    await steady(() => journalMark(ctx.backend.control), { forMs: 300, maxMs: 4000 })
    await gate.release()
    const answers = await Promise.all(others.map((each) => each.done))
    await ctx.drain()
    const later = await session.call('list')
    const view = await ctx.journal(since, session.user)
    ctx.expect('renewals', 1, view.renews().length)
    ctx.require("the others' answers", answers.every(isSuccess), {
      expected: '2xx ×4',
      got: tally(answers),
    })
    ctx.require('list afterwards', isSuccess(later), { expected: '2xx', got: statusText(later) })
    ctx.expect('spent refresh tokens presented', 0, await ctx.reuses(session.user))
  },
})
