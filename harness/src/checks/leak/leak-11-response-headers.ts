import type { FaultEffect } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { isAccepted, statusText, type Exchange } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import type { RouteName } from '../../target/schema.ts'
import { randomMarker } from '../../target/template.ts'
import { dataRoutes, isSuccess } from '../shared/answers.ts'

/** What backends, and what stands before them, say of themselves; none of it is about the content. */
const ODD = [
  'Authorization',
  'Proxy-Authorization',
  'WWW-Authenticate',
  'Authentication-Info',
  'X-Auth-Token',
  'X-Api-Key',
  'X-User-Id',
  'X-Tenant',
  'X-Amz-Request-Id',
  'X-Amz-Id-2',
  'X-Amz-Cf-Id',
  'X-Amz-Security-Token',
  'X-Goog-Generation',
  'X-Ms-Request-Id',
  'X-Powered-By',
  'Server',
  'Server-Timing',
  'Via',
  'X-Internal',
  'X-Internal-Host',
  'X-Backend-Server',
  'X-Served-By',
  'X-Upstream',
  'X-Runtime',
  'X-AspNet-Version',
  'X-Debug-Token',
  'X-Debug-Token-Link',
  'X-Accel-Redirect',
  'X-Sendfile',
  'SourceMap',
  'X-SourceMap',
  'Set-Cookie2',
]

export const leak11 = defineCheck({
  id: 'LEAK-11',
  title: "Odd headers of the backend's answers do not reach the browser",
  level: 'SHOULD',
  profiles: ['hardening'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['NA0', 'ASVS5-13.4.6'],
  source: [],
  mutants: ['relay-all-response-headers', 'relays-headers-of-refusals'],
  usualCauses: [
    "the headers of the backend's answer are copied, but for a few",
    'a refusal of the backend is passed on as it came',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const routes = [...dataRoutes(ctx), ...(ctx.target.routes.me ? (['me'] as const) : [])]
    for (const route of routes) {
      await judged(ctx, session, {
        route,
        what: 'an answer',
        effect: (addHeaders) => ({ addHeaders }),
      })
      await judged(ctx, session, {
        route,
        what: 'a refusal',
        effect: (headers) => ({ status: 400, message: 'No', headers }),
      })
    }
    const later = await session.call('list')
    ctx.aftermath.require('list afterwards', isSuccess(later), {
      expected: '2xx',
      got: statusText(later),
    })
  },
})

interface Asked {
  route: RouteName
  what: string
  effect: (headers: Record<string, string>) => FaultEffect
}

async function judged(
  ctx: CheckContext,
  session: Session,
  { route, what, effect }: Asked,
): Promise<void> {
  const mark = randomMarker(8)
  const fault = await ctx.fault({
    operation: '*',
    user: session.user.id,
    times: null,
    effect: effect(Object.fromEntries(ODD.map((name) => [name, `bffc-${mark}`]))),
  })
  const answer: Exchange = await session.call(route)
  const hits = await fault.hits()
  await fault.remove()
  // `me` may be known without the backend.
  if (route !== 'me' || hits > 0)
    ctx.witness(`${what} of the backend to ${route} has ${ODD.length} odd headers`, hits > 0)
  if (what === 'an answer') ctx.witness(`${route} works all the same`, isAccepted(answer))
  ctx.expect(
    `headers of ${what} of the backend in the answer to ${route}`,
    [],
    [...answer.headers, ...answer.trailers, ...answer.early]
      .filter(([, value]) => value.includes(mark))
      .map(([name]) => name),
  )
}
