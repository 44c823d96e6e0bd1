import { defineCheck } from '../../check.ts'
import { arrivedCalls, expiredBrowser } from '../shared/page-calls.ts'

export const refresh20 = defineCheck({
  id: 'REFRESH-20',
  title: 'A page whose rendering needs a renewal makes one, and the next page has the benefit',
  level: 'MUST',
  profiles: ['core', 'browser'],
  needs: { routes: ['login', 'list'], pages: true, browser: true },
  dependsOn: ['REFRESH-01'],
  requirement: ['T-02', 'T-03', 'T-40', 'T-41', 'T-42'],
  source: [],
  mutants: ['rsc-refresh-not-persisted'],
  usualCauses: [
    'a server component cannot set cookies, so the renewed tokens are lost with the request',
    'each loader of a page renews for itself',
    'a renewal of the middleware is not seen by the page of the same request',
  ],
  async run(ctx) {
    const { session, profile, pages } = await expiredBrowser(ctx)
    const [page] = pages
    if (!page) return
    const since = await ctx.mark()
    const first = await profile.visit(page.path)
    const view = await arrivedCalls(ctx, session, { since, calls: page.calls })
    ctx.witness(
      `${page.path} (${page.calls} calls) needed a renewal`,
      view.data().some(({ status }) => status === 401) || view.renews().length > 0,
    )
    ctx.expect(`renewals while ${page.path} is opened`, 1, view.renews().length)
    ctx.expect('spent refresh tokens presented', 0, await ctx.reuses(session.user))
    ctx.expect('the page that is shown', page.shows, new URL(first.url).pathname)
    const again = await ctx.mark()
    const second = await profile.visit(page.path, { tab: first.page })
    const later = await arrivedCalls(ctx, session, { since: again, calls: page.calls })
    ctx.witness('the second visit called the backend', later.data().length > 0)
    ctx.expect('renewals while the page is opened once more', 0, later.renews().length)
    const old = later
      .data()
      .filter(({ token }) => token?.kind !== 'unknown' && (token?.generation ?? 0) < 2)
    ctx.expect(
      'calls of the second visit with the old token',
      [],
      old.map(({ operation }) => operation),
    )
    ctx.expect('the page that is shown then', page.shows, new URL(second.url).pathname)
    ctx.expect('spent refresh tokens presented in all', 0, await ctx.reuses(session.user))
  },
})
