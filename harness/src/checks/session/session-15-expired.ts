import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { headerOf, statusText, type Exchange } from '../../instruments/http-exchange.ts'
import { RENEW } from '../../instruments/journal-view.ts'
import type { Session } from '../../session.ts'
import { isSignedOut } from '../shared/answers.ts'

const NAVIGATION: [string, string][] = [
  ['Accept', 'text/html,application/xhtml+xml,*/*;q=0.8'],
  ['Sec-Fetch-Site', 'none'],
  ['Sec-Fetch-Mode', 'navigate'],
  ['Sec-Fetch-Dest', 'document'],
  ['Sec-Fetch-User', '?1'],
]

export const session15 = defineCheck({
  id: 'SESSION-15',
  title: 'Without a session a script is told so, and a page leads to the login of the same site',
  level: 'SHOULD',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['REFRESH-01'],
  requirement: ['Duende unauthenticated_api_call_should_return_401'],
  source: [],
  mutants: ['api-302-to-login', 'login-page-for-scripts', 'redirects-to-own-address'],
  usualCauses: [
    'a middleware redirects whatever has no session, calls of scripts too',
    'the address of the redirect is put together from the address that the server listens on',
  ],
  async run(ctx) {
    const session = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
    const old = session.copy()
    const fault = await ctx.fault({
      operation: RENEW,
      user: session.user.id,
      times: null,
      effect: { status: 400, message: 'Refresh token not found' },
    })
    const first = await session.call('list')
    ctx.witness('the renewal was refused', (await fault.hits()) > 0)
    isTold(ctx, 'list, when the session ends', first)
    isTold(ctx, 'list, with the cookie of a session that is over', await old.call('list'))
    isTold(ctx, 'list, without a cookie', await (await ctx.visitor()).call('list'))
    for (const path of ctx.target.pages)
      for (const [which, browser] of [
        ['with the cookie of a session that is over', old],
        ['without a cookie', await ctx.visitor()],
      ] as const)
        leadsNowhereElse(ctx, `${path} ${which}`, await navigated(browser, path))
  },
})

function isTold(ctx: CheckContext, about: string, answer: Exchange): void {
  ctx.require(`the answer to ${about}`, isSignedOut(answer), {
    expected: '401 or 403, no redirect',
    got: statusText(answer),
  })
  const type = headerOf(answer.headers, 'content-type') ?? 'no body'
  ctx.require(`the body of the answer to ${about}`, !/html/i.test(type), {
    expected: 'something for a script, no page',
    got: type,
  })
}

const navigated = ({ browser }: Session, path: string) =>
  browser.send({ method: 'GET', path, headers: [] }, { headers: NAVIGATION, without: ['origin'] })

function leadsNowhereElse(ctx: CheckContext, about: string, answer: Exchange): void {
  ctx.require(`the answer to ${about}`, answer.failure === undefined && answer.status < 500, {
    expected: 'below 500',
    got: statusText(answer),
  })
  const location = headerOf(answer.headers, 'location')
  if (location === undefined) return
  const own = new URL(ctx.site.origin ?? answer.base).origin
  const to = URL.canParse(location, own) ? new URL(location, own).origin : location
  ctx.expect(`the origin that ${about} leads to`, own, to)
}
