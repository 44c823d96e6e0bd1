import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { isSignedOut } from '../shared/answers.ts'
import { comeBackTo, openPages, shownOf, type OpenPage } from '../shared/open-pages.ts'
import { letTimePass, type Activity } from '../shared/page-time.ts'
import { expectCalm, expectSignedOutPage } from '../shared/signed-out-page.ts'

const PAGES = 3
const TIME = { ms: 5000, atMost: 20 }

export const resil13 = defineCheck({
  id: 'RESIL-13',
  title: 'A page that is open when the session is lost ends signed out, without a storm or a loop',
  level: 'MUST',
  profiles: ['browser'],
  needs: { routes: ['login', 'list'], pages: true, browser: true },
  dependsOn: ['REFRESH-10'],
  requirement: ['T-22', 'T-24'],
  source: ['a revoked user: every access token 401, renew 400 "Refresh token not found"'],
  mutants: ['login-redirect-loop', 'page-asks-on-and-on'],
  usualCauses: [
    'the login page sends everybody who has a session cookie back to where the session is refused',
    'each of many queries is repeated on 401, or goes on polling',
    'each refused query sends the browser to the login page again',
  ],
  async run(ctx) {
    const pages = await openPages(ctx, PAGES)
    const since = await ctx.mark()
    for (const { session } of pages) await ctx.backend.control.revoke(session.user.id)
    const ends = await Promise.all(pages.map(loseSession))
    await ctx.drain()
    for (const end of ends) await judge(ctx, end, since)
  },
})

interface End {
  page: OpenPage
  left: Activity
  opened: Activity
  shown: string[]
}

/** The user comes back to the page, then opens it anew. */
async function loseSession(page: OpenPage): Promise<End> {
  const { tab } = page
  const left = await letTimePass(tab, { ...TIME, act: () => comeBackTo(tab) })
  const opened = await letTimePass(tab, {
    ...TIME,
    act: () => tab.reload().catch(() => undefined),
  })
  return { page, left, opened, shown: await shownOf(tab, page.shown) }
}

async function judge(ctx: CheckContext, { page, left, opened, shown }: End, since: number) {
  const { path, session } = page
  const refused = (await ctx.journal(since, session.user))
    .api()
    .filter(({ status }) => status >= 400)
  ctx.witness(`the backend refused calls of ${path}`, refused.length > 0)
  expectCalm(ctx, `${path} left open`, left, TIME)
  expectCalm(ctx, `${path} opened again`, opened, TIME)
  expectSignedOutPage(ctx, `${path} opened again`, opened, shown)
  const list = await session.copy().call('list')
  ctx.aftermath.require(`list with the cookies of ${path}`, isSignedOut(list), {
    expected: '401 or 403',
    got: statusText(list),
  })
}
