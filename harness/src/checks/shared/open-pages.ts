import type { Page } from 'playwright-core'
import type { CheckContext } from '../../context.ts'
import type { Profile } from '../../instruments/chromium/profile.ts'
import type { Session } from '../../session.ts'
import { listedSchema } from './listed-schema.ts'
import { withPageClock } from './page-time.ts'

/** A page that a signed-in user has open, in a browser of its own. */
export interface OpenPage {
  path: string
  session: Session
  profile: Profile
  tab: Page
  /** Texts of the user's own documents that the page shows. */
  shown: string[]
}

const DOCUMENTS = 5

/** Opens declared pages, each for a user of its own, and gives at most `count` of those that call the backend. SKIP when none does. */
export async function openPages(ctx: CheckContext, count: number): Promise<OpenPage[]> {
  const opened = await Promise.all(ctx.target.pages.map((path) => open(ctx, path)))
  const calling = opened.flatMap((each) => (each ? [each] : [])).slice(0, count)
  if (calling.length === 0) ctx.skip('no declared page calls the backend')
  return calling
}

async function open(ctx: CheckContext, path: string): Promise<OpenPage | undefined> {
  const session = await ctx.signedIn()
  const markers = await ownMarkers(ctx, session)
  const profile = await ctx.openProfile(session)
  const tab = await profile.context.newPage()
  await withPageClock(tab)
  const since = await ctx.mark()
  await profile.visit(path, { tab })
  const calls = (await ctx.journal(since, session.user)).data()
  if (calls.length === 0) return undefined
  return { path, session, profile, tab, shown: await shownOf(tab, markers) }
}

/** Texts of new documents of the user's that the list may show. */
export async function ownMarkers(ctx: CheckContext, session: Session): Promise<string[]> {
  const schema = await listedSchema(ctx, session, {})
  const markers = await ctx.backend.addDocuments(session.user, { schema, count: DOCUMENTS })
  await ctx.backend.control.clearCache()
  return markers
}

/** Which of the texts are in the document that the tab shows. */
export async function shownOf(tab: Page, texts: readonly string[]): Promise<string[]> {
  const document = await tab.content().catch(() => '')
  return texts.filter((text) => document.includes(text))
}

/** What browsers tell a page whose user comes back to it; many ask for their data again then. */
export async function comeBackTo(tab: Page): Promise<void> {
  await tab.bringToFront()
  await tab
    .evaluate(
      `for (const [where, name] of [[window, 'focus'], [window, 'online'], [document, 'visibilitychange']]) where.dispatchEvent(new Event(name))`,
    )
    .catch(() => undefined)
}
