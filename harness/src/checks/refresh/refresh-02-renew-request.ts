import { defineCheck } from '../../check.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import { headersNamed } from '../../instruments/http-exchange.ts'
import { RENEW } from '../../instruments/journal-view.ts'

export const refresh02 = defineCheck({
  id: 'REFRESH-02',
  title: 'The renewal sends the refresh token as Bearer, and nowhere else',
  level: 'MUST',
  profiles: ['core', 'conduit'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['ASVS5-14.2.1'],
  source: [
    'Conduit:modules/authentication/src/handlers/common.ts (renew takes Authorization: Bearer <refreshToken>)',
  ],
  mutants: ['renew-with-access-token'],
  usualCauses: [
    'the shared HTTP client attaches the access token to every call',
    'the refresh token is sent in a JSON body or in the query as other servers want it',
  ],
  async run(ctx) {
    const session = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
    const since = await ctx.mark()
    await session.call('list')
    await ctx.drain()
    const renews = (await ctx.journal(since)).renews()
    if (renews.length === 0) ctx.skip('an expired token led to no renewal')
    ctx.witness('a renewal', true)
    for (const renew of renews) {
      ctx.expect('operation', RENEW, renew.operation)
      ctx.require(
        'token in the Authorization header',
        renew.token?.kind === 'refresh' && renew.token.userId === session.user.id,
        {
          expected: "the session's refresh token",
          got:
            renew.token === undefined
              ? 'none'
              : `${renew.token.kind} token, generation ${renew.token.generation}`,
        },
      )
      ctx.expect(
        'Authorization headers',
        1,
        headersNamed(renew.requestHeaders, 'authorization').length,
      )
      const elsewhere = [
        { where: 'URL', text: renew.path },
        { where: 'body', text: renew.requestBody.text ?? '' },
        ...renew.requestHeaders
          .filter(([name]) => name.toLowerCase() !== 'authorization')
          .map(([name, value]) => ({ where: `header ${name}`, text: value })),
      ]
      ctx.expect(
        'the refresh token elsewhere',
        [],
        (await ctx.leaksIn(elsewhere, ['refresh'])).map(describeLeak),
      )
    }
  },
})
