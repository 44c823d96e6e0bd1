import { defineCheck } from '../../check.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import { RENEW } from '../../instruments/journal-view.ts'
import { headerOf, statusText } from '../../instruments/http-exchange.ts'
import { dataRoutes } from '../shared/answers.ts'

export const proxy07 = defineCheck({
  id: 'PROXY-07',
  title: 'A redirect of the backend does not carry the token to another host',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['T-122', 'T-123', 'T-124', 'T-125'],
  source: [],
  mutants: ['follows-redirect-with-headers'],
  usualCauses: [
    'the HTTP client follows redirects and keeps custom headers',
    'redirects are followed by hand with the same headers',
  ],
  async run(ctx) {
    const met: string[] = []
    for (const status of [301, 302, 307, 308]) {
      const effect = { status, body: '', headers: { Location: `${ctx.sink.url}/redirected` } }
      for (const route of dataRoutes(ctx).filter((each) => each !== 'preview')) {
        const session = await ctx.signedIn()
        const operations = [
          ...new Set(ctx.discovery.routes.find((each) => each.route === route)?.upstream ?? []),
        ]
        const faults = []
        for (const operation of operations)
          faults.push(await ctx.fault({ operation, user: session.user.id, times: null, effect }))
        const answer = await session.call(route)
        if ((await Promise.all(faults.map((fault) => fault.hits()))).some((hits) => hits > 0))
          met.push(`${route} ${status}`)
        for (const fault of faults) await fault.remove()
        const location = headerOf(answer.headers, 'location') ?? ''
        ctx.expect(
          `tokens in the answer to ${route} (${statusText(answer)}, Location ${location})`,
          [],
          (await ctx.leaksIn(answer)).map(describeLeak),
        )
      }
      const expired = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
      const fault = await ctx.fault({
        operation: RENEW,
        user: expired.user.id,
        times: null,
        effect,
      })
      await expired.call('list')
      if ((await fault.hits()) > 0) met.push(`renew ${status}`)
      await fault.remove()
    }
    await ctx.drain()
    ctx.witness(`redirects met: ${met.join(', ')}`, met.length > 0)
    const texts = ctx.sink
      .texts()
      .map((text, index) => ({ where: `call ${index + 1} at the foreign host`, text }))
    const leaks = await ctx.leaksIn(texts, [
      'access',
      'refresh',
      'client-secret',
      'session-password',
      'password',
    ])
    ctx.expect('secrets at the foreign host', [], [...new Set(leaks.map(describeLeak))])
  },
})
