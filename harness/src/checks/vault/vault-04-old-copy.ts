import { defineCheck } from '../../check.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'

export const vault04 = defineCheck({
  id: 'VAULT-04',
  title: 'A copy of the cookies from before a renewal still works and renews nothing',
  level: 'MUST',
  profiles: ['core', 'vault'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['REFRESH-01'],
  requirement: ['T-04', 'T-40', 'T-41'],
  source: ['a spent refresh token answers 400'],
  mutants: ['rt-in-cookie'],
  usualCauses: [
    'the refresh token travels in the cookie, so a second tab presents the old one',
    'the renewal changes the session id',
  ],
  async run(ctx) {
    const mode = ctx.discovery.expiry[0] ?? 'decree'
    const session = await ctx.expired(mode)
    const copy = session.copy()
    const first = await session.call('list')
    ctx.setup(isSuccess(first), `the renewing call answered ${statusText(first)}.`)
    const current = await ctx.generation(session.user)
    ctx.witness('the session was renewed', current > 1)
    const since = await ctx.mark()
    const answer = await copy.call('list')
    await ctx.drain()
    const view = await ctx.journal(since, session.user)
    ctx.require('list with the old copy', isSuccess(answer), {
      expected: '2xx',
      got: statusText(answer),
    })
    ctx.expect('renewals for the old copy', 0, view.renews().length)
    ctx.expect(
      'token generations used for the old copy',
      [current],
      [...new Set(view.data().map((entry) => entry.token?.generation))],
    )
    ctx.expect('spent refresh tokens presented', 0, await ctx.reuses(session.user))
  },
})
