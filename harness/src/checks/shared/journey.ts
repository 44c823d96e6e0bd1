import type { Page } from 'playwright-core'
import type { CheckContext } from '../../context.ts'
import type { Profile } from '../../instruments/chromium/profile.ts'
import { routeCall } from '../../instruments/route-call.ts'
import type { TestUser } from '../../instruments/backend-users.ts'
import type { RouteName } from '../../target/schema.ts'
import { signInByForm } from './ui-login.ts'

/** What a user of the application did in a real browser, and what the pages looked like meanwhile. */
export interface Journey {
  profile: Profile
  user: TestUser
  /** The tab that all of it happened in. */
  tab: Page
  /** The rendered document of each visit. */
  documents: { where: string; text: string }[]
}

export interface JourneyPlan {
  /** Sign in by the application's own form where one is found; otherwise the cookies are planted. */
  byForm?: boolean
  /** Called before anything is opened in the browser. */
  prepare?: (profile: Profile) => Promise<void>
  /** Called in every page that was visited, once it is at rest; `last`: in the last round, when all has happened. */
  atPage?: (journey: Journey, last: boolean) => Promise<void>
}

/** Signs in, visits every declared page, reads list and preview, lets the access token expire, and does it all again. Ends as VACUOUS when nothing of it reached the backend. */
export async function travel(ctx: CheckContext, plan: JourneyPlan = {}): Promise<Journey> {
  const session = await ctx.visitor()
  const profile = await ctx.openProfile()
  await plan.prepare?.(profile)
  const tab = await profile.context.newPage()
  const journey: Journey = { profile, user: session.user, tab, documents: [] }
  const since = await ctx.mark()
  const byForm =
    plan.byForm === true && (await signInByForm(ctx, profile, { user: session.user, tab }))
  if (!byForm) {
    if (plan.byForm) ctx.note('no login form of the declared pages signed in; cookies were planted')
    await ctx.signIn(session)
    await profile.plant(session.browser.jar.cookies())
  }
  const renews = ctx.discovery.expiry.includes('decree')
  await round(ctx, journey, { plan, last: !renews })
  if (renews) {
    await ctx.expire(session.user)
    await round(ctx, journey, { plan, last: true })
  }
  await ctx.drain()
  const view = await ctx.journal(since, session.user)
  ctx.witness('what the signed-in browser did reached the backend', view.data().length > 0)
  if (renews)
    ctx.witness('an access token was renewed on the way', (await ctx.generation(session.user)) > 1)
  await learnPresigned(ctx, since)
  await ctx.backend.learnTokens()
  return journey
}

async function round(
  ctx: CheckContext,
  journey: Journey,
  { plan, last }: { plan: JourneyPlan; last: boolean },
): Promise<void> {
  const { profile, tab } = journey
  for (const path of ctx.target.pages) {
    await profile.visit(path, { tab })
    journey.documents.push({
      where: `the document of ${path}`,
      text: await tab.content().catch(() => ''),
    })
    await plan.atPage?.(journey, last)
  }
  for (const route of ['list', 'me', 'preview'] as const) await read(ctx, journey, route)
}

/** A GET route as a script of the page would read it, or by going there when the page's own policy forbids that. */
async function read(
  ctx: CheckContext,
  { profile, tab, user }: Journey,
  name: RouteName,
): Promise<void> {
  const route = ctx.target.routes[name]
  if (route?.method !== 'GET') return
  const { csrf } = ctx.target.session
  const { path, headers } = routeCall(route, {
    id: user.documentId ?? user.file.id,
    'file.id': user.file.id,
    'file.name': user.file.name,
    'user.id': user.id,
    term: 'x',
  })
  const proof = csrf !== 'none' && 'value' in csrf ? { [csrf.header]: csrf.value } : {}
  const done = await tab
    .evaluate(async (wanted) => (await fetch(wanted.path, { headers: wanted.headers })).status, {
      path,
      headers: { ...Object.fromEntries(headers), ...proof },
    })
    .catch(() => undefined)
  if (done === undefined)
    await profile.visit(path, { rest: false }).then(({ page }) => page.close())
}

/** Learns the presigned URLs that the backend gave out since a mark. */
export async function learnPresigned(ctx: CheckContext, since: number): Promise<string[]> {
  const host = new URL(ctx.backend.storageUrl).host
  const texts = (await ctx.journal(since))
    .api()
    .flatMap((entry) => [
      entry.responseBody.text ?? '',
      ...entry.responseHeaders.map(([, value]) => value),
    ])
  const urls = texts
    .flatMap((text) => text.match(/https?:\/\/[^"\s\\]+/g) ?? [])
    .filter((url) => url.includes(host))
  for (const value of urls)
    ctx.registry.add({ kind: 'presigned', owner: 'backend', generation: 0, value })
  return urls
}
