import type { CheckContext } from '../../context.ts'
import type { JournalView } from '../../instruments/journal-view.ts'
import type { Profile } from '../../instruments/chromium/profile.ts'
import { until } from '../../instruments/settle.ts'
import type { Session } from '../../session.ts'
import { inTurn } from './in-turn.ts'

/** A declared page that leads to calls of the backend, from the server that renders it or from its scripts. */
export interface CallingPage {
  path: string
  /** Data calls that one visit makes. */
  calls: number
  /** Path that the browser ends at. */
  shows: string
}

/** Declared pages that call the backend for a signed-in user, the busiest first. */
export async function callingPages(
  ctx: CheckContext,
  session: Session,
  profile: Profile,
): Promise<CallingPage[]> {
  const visits = await inTurn(ctx, ctx.target.pages, async (path) => {
    const { url, page } = await profile.visit(path)
    await page.close()
    return new URL(url).pathname
  })
  const pages = visits.map(({ act: path, outcome: shows, view }): CallingPage => {
    const ours = view.data().filter(({ token }) => token?.userId === session.user.id)
    return { path, calls: ours.length, shows }
  })
  const calling = pages.filter(({ calls }) => calls > 0)
  return calling.sort((one, other) => other.calls - one.calls)
}

/** A signed-in browser whose access token is over, and the pages that will need another. SKIP when no page calls the backend. */
export async function expiredBrowser(
  ctx: CheckContext,
): Promise<{ session: Session; profile: Profile; pages: CallingPage[] }> {
  const session = await ctx.signedIn()
  const profile = await ctx.openProfile(session)
  const pages = await callingPages(ctx, session, profile)
  if (pages.length === 0) ctx.skip('no declared page calls the backend')
  if (ctx.discovery.expiry.includes('decree')) {
    await ctx.expire(session.user)
    return { session, profile, pages }
  }
  const other = await ctx.expired('clock')
  return { session: other, profile: await ctx.openProfile(other), pages }
}

const ARRIVE_MS = 10_000
/** Pictures that a browser has already are not asked for again, so a later visit may make fewer calls. */
const SOME_CALLS = 2

/** The journal once a visit's calls have arrived: what the server does after the answer, and what scripts do later, counts too. */
export async function arrivedCalls(
  ctx: CheckContext,
  session: Session,
  { since, calls }: { since: number; calls: number },
): Promise<JournalView> {
  const served = async () =>
    (await ctx.journal(since, session.user)).data().filter(({ status }) => status < 400).length
  const enough = Math.min(calls, SOME_CALLS)
  await until(ARRIVE_MS, async () => (await served()) >= enough, 50)
  await ctx.drain()
  return ctx.journal(since, session.user)
}
