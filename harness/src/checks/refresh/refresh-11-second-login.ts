import { defineCheck } from '../../check.ts'
import { createCookieJar } from '../../instruments/cookie-jar.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { isSignedOut, isSuccess, tally } from '../shared/answers.ts'

const CALLS_AFTER = 5

export const refresh11 = defineCheck({
  id: 'REFRESH-11',
  title: 'A second login of the same user ends the first session, and only that',
  level: 'MUST',
  profiles: ['conduit'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['REFRESH-01'],
  requirement: ['Conduit multipleUserSessions, default false'],
  source: [
    'Conduit:modules/authentication/src/handlers/tokenProvider.ts:101-123 (a login revokes the tokens of the other sessions)',
  ],
  mutants: ['global-clear-by-user'],
  usualCauses: [
    'a refused renewal clears everything that is kept about the user',
    'tokens are kept by user instead of by session',
    'a refused renewal is tried again at every call',
  ],
  async run(ctx) {
    const first = await ctx.signedIn()
    const second = first.withJar(createCookieJar())
    await ctx.signIn(second)
    const working = await second.call('list')
    ctx.setup(isSuccess(working), `list after the second login answered ${statusText(working)}.`)
    const since = await ctx.mark()
    const answer = await first.call('list')
    await ctx.drain()
    const view = await ctx.journal(since, first.user)
    const tokens = await ctx.backend.control.tokens(first.user.id)
    ctx.witness(
      'the backend revoked what the first session holds',
      tokens.some((token) => token.generation === 1 && token.state === 'revoked'),
    )
    ctx.require('renewals for the first session', view.renews().length <= 1, {
      expected: 'at most 1',
      got: String(view.renews().length),
    })
    ctx.require("the first browser's answer", isSignedOut(answer), {
      expected: '401 or 403',
      got: statusText(answer),
    })
    const after = await ctx.mark()
    const later = []
    for (let call = 0; call < CALLS_AFTER; call += 1) later.push(await first.call('list'))
    ctx.require("the first browser's next answers", later.every(isSignedOut), {
      expected: `401 or 403 ×${CALLS_AFTER}`,
      got: tally(later),
    })
    const kept = await second.call('list')
    await ctx.drain()
    ctx.require("the second browser's answer", isSuccess(kept), {
      expected: '2xx',
      got: statusText(kept),
    })
    ctx.expect('renewals afterwards', 0, (await ctx.journal(after, first.user)).renews().length)
  },
})
