import { defineCheck } from '../../check.ts'
import { journalMark, RENEW } from '../../instruments/journal-view.ts'
import { steady } from '../../instruments/settle.ts'
import { arrivedCalls, expiredBrowser } from '../shared/page-calls.ts'
import { arrivalsSince } from '../shared/stampede.ts'

const TABS = 3
const REACH_UPSTREAM_MS = 10_000

export const refresh21 = defineCheck({
  id: 'REFRESH-21',
  title: 'Three tabs opened at once renew once, and none of them lands at the login',
  level: 'MUST',
  profiles: ['browser'],
  needs: { routes: ['login', 'list'], pages: true, browser: true },
  dependsOn: ['REFRESH-20', 'REFRESH-04'],
  requirement: ['T-05', 'T-08'],
  source: [],
  mutants: ['middleware-refresh-per-request'],
  usualCauses: [
    'a middleware renews for each page and prefetch, apart from the routes that share a renewal',
    'who loses the race is taken for signed out',
  ],
  async run(ctx) {
    const { session, profile, pages } = await expiredBrowser(ctx)
    const { edge } = profile
    edge.route('in turn')
    const user = session.user.id
    const since = await ctx.mark()
    const refused = await ctx.gate({ operation: '*', user, status: 401, at: 'answer' })
    const renewal = await ctx.gate({ operation: RENEW, user, at: 'request' })
    const seen = edge.calls().length
    // The same URL in two tabs would wait for itself in the browser's cache.
    const tabs = Array.from({ length: TABS }, (_, index) => {
      const page = pages[index % pages.length]
      const path = page?.path ?? '/'
      return {
        shows: page?.shows,
        visit: profile.visit(`${path}${path.includes('?') ? '&' : '?'}tab=${index + 1}`),
      }
    })
    const arrivals = arrivalsSince(() => journalMark(ctx.backend.control), since)
    await steady(arrivals, {
      forMs: 700,
      maxMs: REACH_UPSTREAM_MS,
      enough: async () => (await refused.now()) >= TABS,
    })
    const together = await refused.now()
    await refused.release()
    await steady(arrivals, { forMs: 500, maxMs: REACH_UPSTREAM_MS })
    const renewing = await renewal.now()
    const documents = edge
      .calls()
      .slice(seen)
      .filter(({ headers }) => headers['sec-fetch-dest'] === 'document').length
    await renewal.release()
    const visits = await Promise.all(tabs.map(({ visit }) => visit))
    const calls = Math.max(...pages.map((page) => page.calls))
    const view = await arrivedCalls(ctx, session, { since, calls })
    ctx.witness(`${documents} tabs were opened before the renewal was answered`, documents >= 2)
    ctx.witness(
      `${together} calls were refused together, ${renewing} renewals waited`,
      together >= 2 || renewing >= 1,
    )
    ctx.expect('renewals', 1, view.renews().length)
    ctx.expect('spent refresh tokens presented', 0, await ctx.reuses(session.user))
    ctx.expect(
      'what the tabs show',
      tabs.map(({ shows }) => shows),
      visits.map(({ url }) => new URL(url).pathname),
    )
  },
})
