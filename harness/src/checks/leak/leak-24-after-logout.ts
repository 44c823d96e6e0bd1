import type { Page } from 'playwright-core'
import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { callInPage, type UsersTab } from '../shared/in-page.ts'
import { shownFromMemory } from '../shared/kept-pages.ts'
import { ownMarkers, shownOf } from '../shared/open-pages.ts'

export const leak24 = defineCheck({
  id: 'LEAK-24',
  title: 'After logout nothing private is shown: not by Back, in a new tab, or offline',
  level: 'SHOULD',
  profiles: ['browser', 'hardening'],
  needs: { routes: ['login', 'list', 'logout'], pages: true, browser: true },
  dependsOn: ['VAULT-08'],
  requirement: ['ASVS5-14.3.1', 'SESS-CS'],
  source: [],
  mutants: ['cacheable-private-page', 'list-kept-in-storage', 'private-page-kept-whole'],
  usualCauses: [
    'a page with private data may be cached by the browser',
    'a page filled by its script may be kept whole by the browser, and is shown again by Back',
    'a query cache is kept in web storage and shown before the answer is there',
    'a service worker answers with pages of the last user',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const markers = await ownMarkers(ctx, session)
    const profile = await ctx.openProfile(session)
    const at = { profile, session, tab: await profile.context.newPage() }
    const paths = await privatePages(ctx, at, markers)
    if (paths.length === 0) ctx.skip("no declared page shows the user's documents")
    // Somewhere to come back from, and to sign out at.
    await profile.visit(awayFrom(paths[0] ?? '/'), { tab: at.tab })
    const status = await callInPage(ctx, at, 'logout')
    ctx.setup(
      status !== undefined && status < 400,
      `logout by a script of ${at.tab.url()} answered ${status ?? 'nothing'}.`,
    )
    ctx.witness(`${paths.join(', ')} showed the user's documents before the logout`, true)
    for (const path of paths.toReversed()) {
      await at.tab.goBack().catch(() => undefined)
      await profile.atRest()
      await expectNothing(ctx, at.tab, { markers, about: `Back, to ${path}` })
    }
    for (const isOffline of [false, true]) {
      await profile.context.setOffline(isOffline)
      const tabs = await Promise.all(
        paths.map(async (path) => ({ path, tab: (await profile.visit(path)).page })),
      )
      for (const { path, tab } of tabs) {
        const about = `${path} in a new tab${isOffline ? ', offline' : ''}`
        await expectNothing(ctx, tab, { markers, about })
        await tab.close()
      }
    }
    await backFromMemory(ctx, paths)
  },
})

const awayFrom = (path: string) => `${path}${path.includes('?') ? '&' : '?'}away=1`

/** Declared pages that show the user's documents; the tab has been at each of them, in this order. */
async function privatePages(
  ctx: CheckContext,
  { profile, tab }: UsersTab,
  markers: readonly string[],
): Promise<string[]> {
  const paths: string[] = []
  for (const path of ctx.target.pages) {
    const { page } = await profile.visit(path)
    if ((await shownOf(page, markers)).length > 0) paths.push(path)
    await page.close()
  }
  for (const path of paths) await profile.visit(path, { tab })
  return paths
}

async function expectNothing(
  ctx: CheckContext,
  tab: Page,
  { markers, about }: { markers: readonly string[]; about: string },
): Promise<void> {
  ctx.expect(`the user's documents after logout, by ${about}`, [], await shownOf(tab, markers))
}

/** The same in a browser that keeps pages whole when they are left (bfcache): no request is made by Back then, and no header is asked. */
async function backFromMemory(ctx: CheckContext, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const session = await ctx.signedIn()
    const markers = await ownMarkers(ctx, session)
    const profile = await ctx.openProfile(session, { keepsPages: true })
    const at = { profile, session, tab: await profile.context.newPage() }
    await profile.visit(path, { tab: at.tab })
    await profile.visit(awayFrom(path), { tab: at.tab })
    const status = await callInPage(ctx, at, 'logout')
    if (status === undefined || status >= 400) return
    const { html, isKept } = await shownFromMemory(profile, at.tab)
    ctx.note(`${path} ${isKept ? 'was' : 'was not'} kept whole by the browser`)
    ctx.expect(
      `the user's documents after logout, by Back to ${path} as it was left`,
      [],
      markers.filter((marker) => html.includes(marker)),
    )
  }
}
