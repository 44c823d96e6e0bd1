import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import type { Profile } from '../../instruments/chromium/profile.ts'
import { routeCall } from '../../instruments/route-call.ts'
import type { Session } from '../../session.ts'
import { randomMarker } from '../../target/template.ts'
import { ACTIVE_FILES, type ActiveFile } from '../shared/active-files.ts'
import { inBothDialects } from '../shared/storage-dialects.ts'

export const preview13 = defineCheck({
  id: 'PREVIEW-13',
  title: 'A file with a script in it does not run in the origin of the application',
  level: 'MUST',
  profiles: ['core', 'preview', 'browser'],
  needs: { routes: ['login', 'preview'], browser: true },
  dependsOn: ['PREVIEW-03'],
  requirement: ['ASVS5-3.2.1', 'ASVS5-1.3.4', 'T-95', 'T-96', 'T-97', 'T-98', 'T-99'],
  source: [
    'the storage host answers the type that the file was stored with, or the one of its name',
  ],
  mutants: ['content-type-passthrough'],
  usualCauses: [
    'the content type of the storage host is passed on, for HTML, SVG and XML too',
    'nosniff is missing, so that a browser guesses',
    'the Content-Security-Policy is not well-formed: a keyword without quotes is a host name',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const profile = await ctx.openProfile(session)
    await inBothDialects(ctx, async (dialect) => {
      for (const file of ACTIVE_FILES) await navigateTo(ctx, { session, profile, dialect, file })
    })
  },
})

interface Showing {
  session: Session
  profile: Profile
  dialect: string
  file: ActiveFile
}

async function navigateTo(
  ctx: CheckContext,
  { session, profile, dialect, file }: Showing,
): Promise<void> {
  const route = ctx.target.routes.preview
  if (!route) return
  const marker = `bffc-ran-${randomMarker(8)}`
  const stored = await ctx.backend.addFile(
    session.user,
    file.name,
    Buffer.from(file.contentFor(marker)),
    file.mimeType,
  )
  const call = routeCall(route, {
    id: stored.documentId ?? stored.file.id,
    'file.id': stored.file.id,
    'file.name': stored.file.name,
  })
  const since = await ctx.mark()
  const seen = profile.edge.calls().length
  const { page } = await profile.visit(call.path, { rest: false })
  // A round trip through the page: what its scripts wrote to the console has arrived.
  await page.evaluate('0').catch(() => undefined)
  await page.close()
  const about = `${file.about} (${dialect} storage)`
  const arrived = profile.edge.calls().slice(seen)
  ctx.witness(
    `the browser was sent to the preview: ${about}`,
    arrived.some(({ path }) => path.split('?')[0] === call.path.split('?')[0]),
  )
  const fetched = (await ctx.journal(since)).storage().length > 0
  if (!fetched) ctx.note(`${about}: the target did not fetch the bytes for a navigation`)
  const ran = profile
    .console()
    .filter(({ text }) => text.includes(`${marker} in ${profile.edge.origin}`))
  ctx.expect(
    `${about}: scripts that ran in the origin of the application`,
    [],
    ran.map(({ text }) => text),
  )
}
