import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { describeLeak, type Haystack } from '../../instruments/canary-scan.ts'
import { storedText } from '../../instruments/chromium/stored-text.ts'
import { headersNamed, statusText, type Exchange } from '../../instruments/http-exchange.ts'
import { routeCall } from '../../instruments/route-call.ts'
import type { Session } from '../../session.ts'
import { isSuccess } from '../shared/answers.ts'
import { NAVIGATION } from '../shared/page-call.ts'
import { nextStep } from '../shared/redirect-payloads.ts'
import { PROVIDER, stateIn, wayBackIn } from '../shared/social-login.ts'

const AT = 'at the address with the tokens'
const MOST_STEPS = 4
const ARRIVAL_MS = 5000

export const leak09 = defineCheck({
  id: 'LEAK-09',
  title: 'The tokens in the address after a social login go no further than the callback',
  level: 'MUST',
  profiles: ['core', 'conduit'],
  needs: { routes: ['login', 'list', 'sso'] },
  dependsOn: [],
  requirement: ['ASVS5-14.2.1'],
  source: [
    'Conduit tokenProvider.ts: social login ends in redirectUri?accessToken=…&refreshToken=…',
  ],
  mutants: [
    'sso-page-reads-query',
    'sso-keeps-query',
    'sso-callback-cacheable',
    'sso-callback-tells-referrer',
    'sso-state-in-store-keeps-query',
  ],
  usualCauses: [
    'the callback is a page whose script reads the query',
    'the redirect keeps the query',
    'headers are set for pages and the API, and the callback is neither',
  ],
  async run(ctx) {
    const { session, path } = await comingBack(ctx)
    const since = await ctx.mark()
    const answer = await session.call('sso', {
      edit: (call) => ({ ...call, path }),
      headers: [...NAVIGATION, ['Sec-Fetch-Site', 'cross-site']],
      without: ['referer'],
    })
    ctx.setup(
      answer.failure === undefined && answer.status < 400,
      `sso answered ${statusText(answer)}. A callback that wants to be asked for first needs routes.ssoStart.`,
    )
    ctx.require(`the answer ${AT}`, answer.status >= 300, {
      expected: 'a redirect',
      got: statusText(answer),
    })
    ctx.expect(`tokens in the answer ${AT}`, [], (await ctx.leaksIn(answer)).map(describeLeak))
    const kept = headersNamed(answer.headers, 'cache-control').join(', ')
    ctx.require(`Cache-Control ${AT}`, /\bno-store\b/i.test(kept), {
      expected: 'no-store',
      got: kept || 'none',
    })
    ctx.expect(`Referrer-Policy ${AT}`, 'no-referrer', referrerPolicyOf(answer))
    await followed(ctx, session, answer)
    const later = await session.call('list')
    ctx.setup(
      isSuccess(later),
      `nobody is signed in after sso: list answered ${statusText(later)}. A callback that wants to be asked for first needs routes.ssoStart.`,
    )
    const view = await ctx.journal(since, session.user)
    ctx.witness(
      'the session calls the backend as the user of the social login',
      view.data().length > 0,
    )
    ctx.expect('tokens in the list', [], (await ctx.leaksIn(later)).map(describeLeak))
    if (ctx.chromium.missing === undefined) await inBrowser(ctx)
    else ctx.note(`history and Referer were not looked at: ${ctx.chromium.missing}`)
  },
})

/** A visitor who has just signed in at the provider, and the address that the backend sends the browser to. */
async function comingBack(ctx: CheckContext): Promise<{ session: Session; path: string }> {
  const session = await ctx.visitor()
  const own = ctx.target.routes.ssoStart ? await askedFor(ctx, session) : undefined
  const { sso } = ctx.target.routes
  const declared = sso ? routeCall(sso, {}).path : '/'
  const back = new URL(own?.back ?? declared, ctx.site.origin ?? 'http://bffc')
  if (own?.state !== undefined) back.searchParams.set('state', own.state)
  const tokens = await ctx.backend.mintTokens(session.user)
  back.searchParams.set('accessToken', tokens.accessToken)
  back.searchParams.set('refreshToken', tokens.refreshToken)
  return { session, path: back.pathname + back.search }
}

/** What the target says of the way back when a page asks for a social login: what it remembers the browser by may be a cookie, or stand in there. */
async function askedFor(
  ctx: CheckContext,
  session: Session,
): Promise<{ back: string | undefined; state: string | undefined }> {
  // The mock has no providers of its own.
  const provider = await ctx.fault({
    operation: 'unknown',
    times: null,
    effect: {
      status: 200,
      body: JSON.stringify({ result: PROVIDER }),
      headers: { 'content-type': 'application/json' },
    },
  })
  const since = await ctx.mark()
  const begun = await session.call('ssoStart')
  ctx.setup(
    begun.failure === undefined && begun.status < 400,
    `ssoStart answered ${statusText(begun)}.`,
  )
  await provider.remove()
  return {
    back: wayBackIn((await ctx.journal(since)).api(), ctx.site.origin ?? begun.base),
    state: stateIn(begun),
  }
}

/** The last value that browsers know counts. */
function referrerPolicyOf({ headers }: Exchange): string {
  const values = headersNamed(headers, 'referrer-policy')
    .flatMap((value) => value.split(','))
    .map((value) => value.trim().toLowerCase())
    .filter((value) => KNOWN.includes(value))
  return values.at(-1) ?? 'none'
}

const KNOWN = [
  'no-referrer',
  'no-referrer-when-downgrade',
  'same-origin',
  'origin',
  'strict-origin',
  'origin-when-cross-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
]

/** Goes where the browser is sent, as long as that is the application. */
async function followed(ctx: CheckContext, session: Session, first: Exchange): Promise<void> {
  let answer = first
  for (let step = 1; step <= MOST_STEPS; step += 1) {
    const [location] = headersNamed(answer.headers, 'location')
    const from = new URL(answer.call.path, ctx.site.origin ?? answer.base)
    const next = location === undefined ? undefined : nextStep(location, from)
    if (next === undefined || answer.status < 300 || answer.status > 399) return
    answer = await session.browser.send(
      { method: 'GET', path: next.pathname + next.search, headers: [] },
      { headers: [...NAVIGATION, ['Sec-Fetch-Site', 'cross-site']], without: ['referer'] },
    )
    ctx.expect(`tokens in answer ${step + 1}`, [], (await ctx.leaksIn(answer)).map(describeLeak))
  }
}

/** The same in a real browser, which comes from another site. */
async function inBrowser(ctx: CheckContext): Promise<void> {
  const { session, path } = await comingBack(ctx)
  const profile = await ctx.openProfile(session)
  const { edge } = profile
  const address = new URL(path, edge.origin).href
  const provider = edge.servePage(
    edge.evil,
    `<!doctype html><script>location.href = ${JSON.stringify(address)}</script>`,
  )
  const { page } = await profile.visit(provider, { rest: false })
  await page
    .waitForURL((url) => url.origin === edge.origin, { timeout: ARRIVAL_MS })
    .catch(() => undefined)
  await profile.atRest()
  ctx.witness(
    'a browser came to the callback with the tokens',
    edge.calls().some((call) => call.path === path),
  )
  const kept: Haystack[] = [{ where: 'the address', text: page.url() }, ...(await storedText(page))]
  await page.evaluate("location.href = '/'").catch(() => undefined)
  await profile.atRest()
  kept.push(...(await storedText(page)))
  const sent: Haystack[] = edge
    .calls()
    .filter((call) => call.path !== path)
    .flatMap((call) => [
      { where: `the address of ${call.method} ${call.path.split('?')[0] ?? ''}`, text: call.path },
      ...Object.entries(call.headers).map(([name, text]) => ({
        where: `the header ${name}`,
        text,
      })),
    ])
  const leaks = async (texts: readonly Haystack[]) => [
    ...new Set((await ctx.leaksIn(texts)).map(describeLeak)),
  ]
  ctx.expect('tokens that the browser keeps', [], await leaks(kept))
  ctx.expect('tokens in later requests of the browser', [], await leaks(sent))
}
