import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { until } from '../../instruments/settle.ts'
import { isSignedOut } from '../shared/answers.ts'
import { callInPage, withBrowserCookies, type UsersTab } from '../shared/in-page.ts'
import { comeBackTo, ownMarkers, shownOf } from '../shared/open-pages.ts'
import { letTimePass, withPageClock } from '../shared/page-time.ts'
import { expectCalm, expectSignedOutPage } from '../shared/signed-out-page.ts'
import { signInByForm } from '../shared/ui-login.ts'

const TIME = { ms: 5000, atMost: 20 }
const ARRIVE_MS = 5000
const LOGOUT_MS = 3000
const LOGIN = 'POST /authentication/local'

export const resil14 = defineCheck({
  id: 'RESIL-14',
  title:
    'After a logout in one tab the other tab is signed out as well, and stays so when it is used',
  level: 'MUST',
  profiles: ['browser'],
  needs: { routes: ['login', 'list', 'logout'], pages: true, browser: true },
  dependsOn: ['VAULT-08'],
  requirement: ['T-05'],
  source: [],
  mutants: ['tab-b-resaves-session', 'tab-b-signs-in-again', 'page-fails-without-session'],
  usualCauses: [
    'a request that was under way saves the session again and sets its cookie again',
    "the page signs in again by itself, with what it kept of the user's password",
    'a page that is rendered without a session fails',
  ],
  async run(ctx) {
    const { used, other, pages } = await twoTabs(ctx)
    const { profile, tab, session } = used
    await logOutMeanwhile(ctx, used, other)
    const since = await ctx.mark()
    const left = await letTimePass(tab, {
      ...TIME,
      act: async () => {
        await comeBackTo(tab)
        await callInPage(ctx, used, 'list')
      },
    })
    const visits = []
    for (const { path, shown } of pages) {
      const activity = await letTimePass(tab, {
        ...TIME,
        act: () => profile.visit(path, { tab, rest: false }),
      })
      const about = `${path} opened in the other tab`
      visits.push({ about, activity, shown: await shownOf(tab, shown) })
    }
    await ctx.drain()
    const logins = (await ctx.journal(since)).api().filter(({ operation }) => operation === LOGIN)
    ctx.expect('logins after the logout', 0, logins.length)
    ctx.expect(
      "upstream calls with the user's tokens after the logout",
      [],
      (await ctx.journal(since, session.user)).lines(),
    )
    expectCalm(ctx, 'the other tab', left, TIME)
    for (const { about, activity, shown } of visits) {
      expectCalm(ctx, about, activity, TIME)
      expectSignedOutPage(ctx, about, activity, shown)
    }
    const list = await (await withBrowserCookies(used)).call('list')
    ctx.require("list with the browser's cookies in the end", isSignedOut(list), {
      expected: '401 or 403',
      got: statusText(list),
    })
  },
})

interface Tabs {
  /** Where the user signed in, by the form where there is one, and has been since. */
  used: UsersTab
  other: UsersTab
  /** Pages that call the backend, and what they show of the user's. */
  pages: { path: string; shown: string[] }[]
}

async function twoTabs(ctx: CheckContext): Promise<Tabs> {
  const session = await ctx.signedIn()
  const markers = await ownMarkers(ctx, session)
  const profile = await ctx.openProfile()
  const used = { profile, session, tab: await profile.context.newPage() }
  await withPageClock(used.tab)
  const byForm = await signInByForm(ctx, profile, { user: session.user, tab: used.tab })
  if (!byForm) await profile.plant(session.browser.jar.cookies())
  const other = { profile, session, tab: await profile.context.newPage() }
  const pages: Tabs['pages'] = []
  for (const path of ctx.target.pages) {
    const since = await ctx.mark()
    await profile.visit(path, { tab: other.tab })
    if ((await ctx.journal(since, session.user)).data().length > 0)
      pages.push({ path, shown: await shownOf(other.tab, markers) })
  }
  const [first] = pages
  if (!first) return ctx.skip('no declared page calls the backend')
  if (!byForm) await profile.visit(first.path, { tab: used.tab })
  return { used, other, pages }
}

/** Signs out in one tab while a request of the other is under way. The backend keeps the tokens alive, so that only the target's own logout counts. */
async function logOutMeanwhile(ctx: CheckContext, used: UsersTab, other: UsersTab): Promise<void> {
  await ctx.fault({
    operation: 'POST /authentication/logout',
    times: null,
    effect: { status: 200, body: '{"result":"LoggedOut"}' },
  })
  const late = await heldRequest(ctx, used)
  let isOut = false
  const leaving = callInPage(ctx, other, 'logout').then((status) => {
    isOut = true
    return status
  })
  // A target that lets the logout wait for what is under way is as right as one that does not.
  await until(LOGOUT_MS, () => isOut)
  await late?.()
  const status = await leaving
  ctx.setup(
    status !== undefined && status < 400,
    `logout by a script of ${other.tab.url()} answered ${status ?? 'nothing'}.`,
  )
  ctx.witness(`the user signed out in another tab${late ? ' meanwhile' : ''}`, isOut)
  await ctx.drain()
}

/** A call of the list that waits upstream; gives what lets it go on. */
async function heldRequest(
  ctx: CheckContext,
  used: UsersTab,
): Promise<(() => Promise<void>) | undefined> {
  const { user } = used.session
  const before = await ctx.mark()
  await callInPage(ctx, used, 'list')
  const operation = (await ctx.journal(before, user)).data()[0]?.operation
  if (operation === undefined) {
    ctx.note('a script of the page could not read the list, so no request was under way')
    return undefined
  }
  const gate = await ctx.gate({ operation, user: user.id, at: 'answer' })
  const late = callInPage(ctx, used, 'list')
  ctx.witness('a request of the other tab was under way', await gate.waiting(1, ARRIVE_MS))
  return async () => {
    await gate.release()
    await late
  }
}
