import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { headersNamed, statusText, type HeaderList } from '../../instruments/http-exchange.ts'
import { routeCall } from '../../instruments/route-call.ts'
import { valuesOf, type Session } from '../../session.ts'
import { isSuccess } from '../shared/answers.ts'
import { policiesIn } from '../shared/content-policy.ts'
import {
  embeddingPage,
  framesWithPicture,
  outcomesOf,
  type Embedded,
} from '../shared/embedding-page.ts'
import { onePixelPng } from '../shared/png.ts'

/** How a browser asks for what a page of another site embeds. */
const EMBEDDED: readonly { dest: Embedded; mode: string }[] = [
  { dest: 'image', mode: 'no-cors' },
  { dest: 'script', mode: 'no-cors' },
  { dest: 'video', mode: 'no-cors' },
  { dest: 'iframe', mode: 'navigate' },
]

export const preview24 = defineCheck({
  id: 'PREVIEW-24',
  title: 'A page of another site can neither load, read nor frame a preview',
  level: 'SHOULD',
  profiles: ['preview', 'browser', 'hardening'],
  needs: { routes: ['login', 'preview'], browser: true },
  dependsOn: ['PREVIEW-03'],
  requirement: ['ASVS5-3.5.8', 'ASVS5-3.4.6'],
  source: [],
  mutants: ['no-corp', 'preview-may-be-framed'],
  usualCauses: [
    'Cross-Origin-Resource-Policy is missing, and SameSite is the only thing in the way',
    'frame-ancestors is set for pages, not for previews',
  ],
  async run(ctx) {
    if (ctx.target.routes.preview?.method !== 'GET')
      ctx.skip('the preview is not read with GET, so nothing can embed it')
    const session = await ctx.signedIn()
    const picture = await pictureOf(ctx, session)
    await expectNothingLoaded(ctx, session, picture)
    for (const each of EMBEDDED) await expectRefused(ctx, session, { ...each, path: picture })
    const own = await session.browser.send({ method: 'GET', path: picture, headers: [] })
    ctx.aftermath.require('the preview for the application itself', isSuccess(own), {
      expected: '2xx',
      got: statusText(own),
    })
  },
})

/** Path of the preview of a picture of the user's. */
async function pictureOf(ctx: CheckContext, { user }: Session): Promise<string> {
  const bytes = onePixelPng(ctx.seed)
  const { file, documentId } = await ctx.backend.addFile(user, 'picture.png', bytes, 'image/png')
  const route = ctx.target.routes.preview
  if (!route) return ctx.skip('routes.preview is not declared')
  return routeCall(route, {
    ...valuesOf(user),
    id: documentId ?? file.id,
    'file.id': file.id,
    'file.name': file.name,
  }).path
}

/** In a real browser, with the cookies as they are. */
async function expectNothingLoaded(
  ctx: CheckContext,
  session: Session,
  path: string,
): Promise<void> {
  const profile = await ctx.openProfile(session)
  const { edge } = profile
  const url = new URL(path, edge.origin).href
  const { page } = await profile.visit(edge.servePage(edge.evil, embeddingPage(url)))
  const asked = edge.calls().filter((call) => call.path === path)
  ctx.witness(`${edge.evil} asked for the preview in ${asked.length} ways`, asked.length > 1)
  ctx.expect(`what a page of ${edge.evil} could load or read`, [], await outcomesOf(page))
  ctx.expect(`frames of ${edge.evil} that show it`, 0, await framesWithPicture(page, url))
}

/** Without leaning on SameSite: the cookie is sent, as it is by browsers that do not know it, and to targets that need it on other sites. */
async function expectRefused(
  ctx: CheckContext,
  session: Session,
  { dest, mode, path }: { dest: Embedded; mode: string; path: string },
): Promise<void> {
  const answer = await session.browser.send(
    { method: 'GET', path, headers: [] },
    {
      headers: [
        ['Sec-Fetch-Site', 'cross-site'],
        ['Sec-Fetch-Mode', mode],
        ['Sec-Fetch-Dest', dest],
        ['Referer', 'https://evil.test/'],
        ['Accept', '*/*'],
      ],
    },
  )
  const isKept = dest === 'iframe' ? refusesFrames(answer.headers) : refusesLoads(answer.headers)
  ctx.require(`the preview as ${dest} of another site`, !isSuccess(answer) || isKept, {
    expected:
      dest === 'iframe'
        ? 'a refusal, or frame-ancestors'
        : 'a refusal, or Cross-Origin-Resource-Policy: same-origin',
    got: statusText(answer),
  })
}

const refusesLoads = (headers: HeaderList) =>
  headersNamed(headers, 'cross-origin-resource-policy').some((value) =>
    ['same-origin', 'same-site'].includes(value.trim().toLowerCase()),
  )

const refusesFrames = (headers: HeaderList) =>
  policiesIn(headers).some((policy) => {
    const ancestors = policy.get('frame-ancestors')
    return ancestors?.every((each) => ["'none'", "'self'"].includes(each)) ?? false
  }) ||
  headersNamed(headers, 'x-frame-options').some((value) =>
    /^\s*(deny|sameorigin)\b/i.test(value),
  ) ||
  headersNamed(headers, 'content-disposition').some((value) => /^\s*attachment\b/i.test(value))
