import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import type { Profile } from '../../instruments/chromium/profile.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { routeCall } from '../../instruments/route-call.ts'
import type { Session } from '../../session.ts'
import { isSuccess } from '../shared/answers.ts'

export const session08 = defineCheck({
  id: 'SESSION-08',
  title: 'An image or a prefetched link does not sign the user out',
  level: 'MUST',
  profiles: ['browser'],
  needs: { routes: ['login', 'list', 'logout'], browser: true },
  dependsOn: [],
  requirement: ['ASVS5-3.5.3', 'Duende logout_endpoint_should_require_sid'],
  source: [],
  mutants: ['get-logout'],
  usualCauses: ['logout answers GET as well', 'the router maps every method to the handler'],
  async run(ctx) {
    const session = await ctx.signedIn()
    const profile = await ctx.openProfile(session)
    const path = routeCall(ctx.target.routes.logout, { 'user.id': session.user.id }).path
    const url = new URL(path, profile.edge.origin).href
    const evil = profile.edge.servePage(
      profile.edge.evil,
      `<!doctype html><img src="${url}"><link rel="prefetch" href="${url}"><iframe src="${url}"></iframe>`,
    )
    await profile.visit(evil)
    await survived(ctx, session, { profile, path, who: 'a page of another site' })
    // From the application's own origin the cookie goes along, whatever its SameSite.
    const { page } = await profile.visit(ctx.target.pages[0] ?? ctx.target.start.ready.get)
    await page
      .evaluate(
        `document.documentElement.insertAdjacentHTML('beforeend', ${JSON.stringify(`<img src="${path}"><link rel="prefetch" href="${path}">`)})`,
      )
      .catch(() => undefined)
    await profile.atRest()
    if (!asked(profile, path, 'same-origin')) {
      ctx.note("the page's own policy allows no image; its request was sent without the browser")
      await session.copy().browser.send(
        { method: 'GET', path, headers: [] },
        {
          headers: [
            ['Accept', 'image/avif,image/webp,image/*,*/*;q=0.8'],
            ['Sec-Fetch-Dest', 'image'],
            ['Sec-Fetch-Mode', 'no-cors'],
          ],
        },
      )
    }
    await survived(ctx, session, { profile, path, who: "a page of the application's own" })
  },
})

const asked = ({ edge }: Profile, path: string, site?: string) =>
  edge
    .calls()
    .some(
      (call) =>
        call.method === 'GET' &&
        call.path === path &&
        (site === undefined || call.headers['sec-fetch-site'] === site),
    )

async function survived(
  ctx: CheckContext,
  session: Session,
  { profile, path, who }: { profile: Profile; path: string; who: string },
): Promise<void> {
  ctx.witness(`the logout route was asked for by GET, from ${who}`, asked(profile, path))
  const later = await session.copy().call('list')
  ctx.require(`the session after a GET of the logout route from ${who}`, isSuccess(later), {
    expected: '2xx',
    got: statusText(later),
  })
}
