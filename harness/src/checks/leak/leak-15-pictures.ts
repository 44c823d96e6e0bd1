import type { Page } from 'playwright-core'
import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { isSuccess } from '../shared/answers.ts'
import { learnPresigned } from '../shared/journey.ts'
import { listedSchema } from '../shared/listed-schema.ts'
import { onePixelPng } from '../shared/png.ts'

export const leak15 = defineCheck({
  id: 'LEAK-15',
  title: 'Pictures of a page have no presigned URL in their address, and are shown to nobody else',
  level: 'MUST',
  profiles: ['preview', 'browser'],
  needs: { routes: ['login', 'list', 'preview'], pages: true, browser: true },
  dependsOn: [],
  requirement: ['T-71', 'T-72', 'T-73'],
  source: [],
  mutants: ['next-image-presigned'],
  usualCauses: [
    "an image optimiser is given the presigned URL, which then stands in the optimiser's own",
    'an optimiser or cache keeps the bytes by URL and gives them to whoever asks',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const files = [session.user.file.id, await showPicture(ctx, session)]
    const profile = await ctx.openProfile(session)
    const since = await ctx.mark()
    const addresses: string[] = []
    for (const path of ctx.target.pages) {
      const { page } = await profile.visit(path)
      addresses.push(...(await pictureAddresses(page)))
    }
    await ctx.drain()
    const presigned = await learnPresigned(ctx, since)
    addresses.push(...profile.requests().map(({ url }) => url))
    const leaks = await ctx.leaksIn(
      [...new Set(addresses)].map((text) => ({ where: `the address ${text.slice(0, 200)}`, text })),
      ['presigned'],
    )
    ctx.expect('presigned URLs in the addresses of pictures', [], leaks.map(describeLeak))
    const own = picturesOf(profile.requests(), { origin: profile.edge.origin, files })
    if (own.length === 0)
      return ctx.skip('no declared page shows a picture that belongs to the user')
    ctx.witness(
      `${own.length} pictures of the user were shown, ${presigned.length} presigned URLs were made for it`,
      profile.edge.answers().some(({ call, status }) => own.includes(call.path) && status === 200),
    )
    for (const path of own) await expectNotShown(ctx, path)
  },
})

/** Gives the user a private picture that documents of the listed schema point to. */
async function showPicture(ctx: CheckContext, session: Session): Promise<string> {
  const { file } = await ctx.backend.addFile(
    session.user,
    'picture.png',
    onePixelPng(ctx.seed),
    'image/png',
  )
  const schema = await listedSchema(ctx, session, {})
  await ctx.backend.addDocuments({ ...session.user, file }, { schema, count: 2 })
  await ctx.backend.control.clearCache()
  return file.id
}

/** Everything in the document that a browser would fetch as a picture or a film. */
const pictureAddresses = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`[
    ...document.querySelectorAll('img, source, video, audio, image, link[rel=preload]'),
  ].flatMap((each) => ['src', 'srcset', 'imagesrcset', 'poster', 'href', 'xlink:href'].map((name) => each.getAttribute(name)))
   .concat([...document.querySelectorAll('[style]')].map((each) => each.getAttribute('style')))
   .filter(Boolean)`)

/** Paths of the application under which the browser fetched a picture that names a file of the user's. */
function picturesOf(
  requests: readonly { url: string; type: string }[],
  { origin, files }: { origin: string; files: readonly string[] },
): string[] {
  const paths = requests
    .filter(
      ({ url, type }) => (type === 'image' || type === 'media') && url.startsWith(`${origin}/`),
    )
    .map(({ url }) => url.slice(origin.length))
    .filter((path) => files.some((id) => path.includes(id)))
  return [...new Set(paths)]
}

/** Somebody to whom the backend refuses every file. */
async function deniedUser(ctx: CheckContext): Promise<Session> {
  const other = await ctx.signedIn()
  await ctx.fault({
    operation: '* /storage/*',
    user: other.user.id,
    times: null,
    effect: { status: 403, message: 'You do not have access to file' },
  })
  return other
}

async function expectNotShown(ctx: CheckContext, path: string): Promise<void> {
  const others: [who: string, session: Session][] = [
    ['without a session', await ctx.visitor()],
    ['for another user', await deniedUser(ctx)],
  ]
  for (const [who, other] of others) {
    const answer = await other.browser.send(
      { method: 'GET', path, headers: [] },
      { headers: [['Accept', 'image/avif,image/webp,image/*,*/*;q=0.8']] },
    )
    const isShown = isSuccess(answer) && answer.rawBody.length > 0
    ctx.require(`a picture of the user's ${who}`, !isShown, {
      expected: 'no picture',
      got: `${statusText(answer)} with ${answer.rawBody.length} bytes`,
    })
  }
}
