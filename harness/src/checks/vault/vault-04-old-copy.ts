import { defineCheck } from '../../check.ts'
import { headersNamed, statusText } from '../../instruments/http-exchange.ts'
import { isSignedOut, isSuccess } from '../shared/answers.ts'

export const vault04 = defineCheck({
  id: 'VAULT-04',
  title: 'A copy of the cookies from before a renewal renews nothing',
  level: 'MUST',
  profiles: ['core', 'vault'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['REFRESH-01'],
  requirement: ['T-04', 'T-40', 'T-41'],
  source: ['a spent refresh token answers 400'],
  mutants: ['rt-in-cookie'],
  usualCauses: [
    'the refresh token travels in the cookie, so a second tab presents the old one',
    'the renewal changes the session id and does not say so',
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
    // A renewal may give the session a new id; the copy then is nobody's, and nothing may happen for it.
    const rotated = headersNamed(first.headers, 'set-cookie').length > 0 && isSignedOut(answer)
    ctx.require('list with the old copy', isSuccess(answer) || rotated, {
      expected: '2xx, or 401 where the renewal has set another session cookie',
      got: statusText(answer),
    })
    ctx.expect('renewals for the old copy', 0, view.renews().length)
    ctx.expect('token generations used for the old copy', rotated ? [] : [current], [
      ...new Set(view.data().map((entry) => entry.token?.generation)),
    ])
    ctx.expect('spent refresh tokens presented', 0, await ctx.reuses(session.user))
    const later = await session.call('list')
    ctx.aftermath.require('the session itself', isSuccess(later), {
      expected: '2xx',
      got: statusText(later),
    })
  },
})
