import { defineCheck } from '../../check.ts'
import type { ArmedFault, CheckContext } from '../../context.ts'
import type { FaultEffect } from 'mock-conduit'
import { describeLeak } from '../../instruments/canary-scan.ts'
import { RENEW } from '../../instruments/journal-view.ts'
import { headerOf, statusText } from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'
import { declaredCalls } from '../shared/declared-calls.ts'

export const proxy07 = defineCheck({
  id: 'PROXY-07',
  title: 'A redirect of the backend does not carry the token to another host',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['T-122', 'T-123', 'T-124', 'T-125'],
  source: [],
  mutants: ['follows-redirect-with-headers', 'login-follows-redirect', 'follows-redirect-bare'],
  usualCauses: [
    'the HTTP client follows redirects and keeps custom headers',
    'redirects are followed by hand with the same headers',
    'the HTTP client follows redirects by default: it drops Authorization on the way, but sends the body of a 307 on, the password of a login with it',
  ],
  async run(ctx) {
    const met: string[] = []
    for (const status of [301, 302, 307, 308]) {
      const effect = { status, body: '', headers: { Location: `${ctx.sink.url}/redirected` } }
      for (const { about, route, options } of declaredCalls(ctx)) {
        const session = await ctx.signedIn()
        // A search may ask another operation than the list.
        const operations =
          about === route
            ? [...new Set(ctx.discovery.routes.find((each) => each.route === route)?.upstream)]
            : ['GET /database/*']
        const faults = []
        for (const operation of operations.filter((each) => !each.includes('@storage')))
          faults.push(await ctx.fault({ operation, user: session.user.id, times: null, effect }))
        const answer = await session.call(route, options)
        const isMet = await wasMet(faults)
        if (isMet) met.push(`${about} ${status}`)
        ctx.require(
          `the answer to ${about} redirected by ${status}`,
          // Who is signed in may be known without the backend.
          !isMet || !isSuccess(answer) || route === 'me',
          {
            expected: 'an error: what stands at another host is no result of the backend',
            got: statusText(answer),
          },
        )
        const location = headerOf(answer.headers, 'location') ?? ''
        ctx.expect(
          `tokens in the answer to ${about} (${statusText(answer)}, Location ${location})`,
          [],
          (await ctx.leaksIn(answer)).map(describeLeak),
        )
      }
      if (await loginMeets(ctx, effect)) met.push(`login ${status}`)
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

/** Whether a fault was met; ends them all. */
async function wasMet(faults: readonly ArmedFault[]): Promise<boolean> {
  const hits = await Promise.all(faults.map((fault) => fault.hits()))
  for (const fault of faults) await fault.remove()
  return hits.some((count) => count > 0)
}

/** 307 and 308 keep method and body: who follows them sends the password on. */
async function loginMeets(ctx: CheckContext, effect: FaultEffect): Promise<boolean> {
  const fault = await ctx.fault({ operation: 'POST /authentication/local', times: null, effect })
  await (await ctx.visitor()).call('login')
  return wasMet([fault])
}
