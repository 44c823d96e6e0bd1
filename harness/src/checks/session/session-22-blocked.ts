import { defineCheck } from '../../check.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { isSignedOut, isSuccess, tally } from '../shared/answers.ts'

const CALLS_AFTER = 5

export const session22 = defineCheck({
  id: 'SESSION-22',
  title: 'A blocked user is signed out at the first renewal that is refused, and nobody else is',
  level: 'MUST',
  profiles: ['core', 'conduit'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['REFRESH-01'],
  requirement: ['ASVS5-7.4.2'],
  source: ['a blocked user gets 403 for data while the access token lives, and 403 for a renewal'],
  mutants: ['ignores-blocked', 'blocked-user-ends-every-session'],
  usualCauses: [
    'only a 401 of the renewal ends the session, but for a blocked user Conduit answers 403',
    'a 403 of the renewal counts as "no right to this", so the next call renews again',
    'sessions are ended by a pattern that fits those of others',
  ],
  async run(ctx) {
    const { control } = ctx.backend
    const other = await ctx.signedIn()
    const session = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
    const before = session.copy()
    await control.block(session.user.id)
    await control.clearCache()
    const since = await ctx.mark()
    const answer = await session.call('list')
    await ctx.drain()
    const view = await ctx.journal(since, session.user)
    const refused = view.renews().filter(({ status }) => status === 403)
    ctx.witness('a renewal was refused with 403', refused.length > 0)
    ctx.require('the answer when the renewal was refused', isSignedOut(answer), {
      expected: '401 or 403',
      got: statusText(answer),
    })
    const later = []
    for (let call = 0; call < CALLS_AFTER; call += 1) later.push(await session.call('list'))
    later.push(await before.copy().call('list'))
    await ctx.drain()
    const renewals = (await ctx.journal(since, session.user)).renews().length
    ctx.expect('renewals of a blocked user', 1, renewals)
    ctx.require('answers to the next calls', later.every(isSignedOut), {
      expected: `401 or 403 ×${later.length}`,
      got: tally(later),
    })
    await control.unblock(session.user.id)
    const revived = await before.copy().call('list')
    ctx.require('the old cookie, once the user is no longer blocked', isSignedOut(revived), {
      expected: '401 or 403, for the session is over',
      got: statusText(revived),
    })
    const others = await other.call('list')
    ctx.require('list of another user', isSuccess(others), {
      expected: '2xx',
      got: statusText(others),
    })
  },
})
