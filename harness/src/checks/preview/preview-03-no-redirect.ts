import type { JournalEntry } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import { statusText, textOf, type OpenExchange } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { randomContent } from '../shared/content.ts'
import { openPreview } from '../shared/preview-of.ts'
import { inBothDialects } from '../shared/storage-dialects.ts'

const POINTERS = [
  'location',
  'content-location',
  'link',
  'refresh',
  'x-accel-redirect',
  'x-sendfile',
  'x-reproxy-url',
]
/** More than a BFF would take for small. */
const LARGE = 64 * 1024 * 1024

export const preview03 = defineCheck({
  id: 'PREVIEW-03',
  title: 'The browser is not sent to the storage host',
  level: 'MUST',
  profiles: ['core', 'preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['PREVIEW-02'],
  requirement: ['ASVS5-14.2.3', 'T-70'],
  source: ['getFileUrl answers 302 to the presigned URL when redirect has any value'],
  mutants: ['redirect-to-presigned', 'large-files-redirected'],
  usualCauses: [
    'the route redirects to the presigned URL',
    'files beyond a size, or parts for a player, are left to the storage host',
    'redirect=true (or redirect=false, which counts as true) is sent upstream and the 302 passed on',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    await expectNoPointer(ctx, session, {
      about: '',
      open: () =>
        openPreview(ctx, session, {
          name: 'no-redirect.txt',
          bytes: Buffer.from('not by way of a redirect'),
        }),
    })
    await inBothDialects(ctx, async (dialect) => {
      await expectNoPointer(ctx, session, {
        about: `, part of a picture, ${dialect}`,
        open: () =>
          openPreview(
            ctx,
            session,
            { name: `no-redirect-${dialect}.png`, bytes: randomContent(4000, ctx.seed) },
            { headers: [['range', 'bytes=0-99']] },
          ),
      })
      await expectNoPointer(ctx, session, {
        about: `, a large video, ${dialect}`,
        open: () => beginningOfLarge(ctx, session, `no-redirect-${dialect}.mp4`),
      })
    })
  },
})

/** Leaves as soon as it is clear how the answer begins. */
async function beginningOfLarge(
  ctx: CheckContext,
  session: Session,
  name: string,
): Promise<OpenExchange> {
  const { file, documentId } = await ctx.backend.addGeneratedFile(session.user, name, {
    bytes: LARGE,
    seed: ctx.seed,
  })
  const open = await session.open('preview', {
    values: { id: documentId ?? file.id, 'file.id': file.id, 'file.name': file.name },
    take: () => {
      open.abandon()
    },
  })
  return open
}

/** `about` ends the name of each observation. */
async function expectNoPointer(
  ctx: CheckContext,
  session: Session,
  { about, open }: { about: string; open: () => Promise<OpenExchange> },
): Promise<void> {
  await ctx.drain()
  const since = await ctx.mark()
  const answer = await (await open()).done
  await ctx.drain()
  // Whoever's token it was resolved with: PREVIEW-15 judges that.
  const view = await ctx.journal(since)
  const resolved = view.api().filter((entry) => entry.operation.includes('/storage/'))
  ctx.witness(`the file was resolved upstream${about}`, resolved.length > 0)
  learnPresigned(ctx, session, resolved)
  const host = new URL(ctx.backend.storageUrl).host
  const pointers = answer.headers
    .filter(([name, value]) => POINTERS.includes(name.toLowerCase()) && value.includes(host))
    .map(([name]) => name)
  ctx.expect(`headers that point to the storage host${about}`, [], pointers)
  ctx.require(`status${about}`, answer.status === 200 || answer.status === 206, {
    expected: '200 or 206',
    got: statusText(answer),
  })
  ctx.expect(`the storage host in the body${about}`, false, textOf(answer).includes(host))
  ctx.expect(
    `presigned URLs in the answer${about}`,
    [],
    (await ctx.leaksIn(answer, ['presigned'])).map(describeLeak),
  )
  ctx.expect(
    `redirect asked for upstream${about}`,
    [],
    resolved.map((entry) => entry.path).filter((path) => /[?&]redirect=[^&]/.test(path)),
  )
}

function learnPresigned(
  ctx: CheckContext,
  session: Session,
  resolved: readonly JournalEntry[],
): void {
  for (const entry of resolved.filter(
    (each) => each.responseBody.text !== undefined || each.status === 302,
  )) {
    const url =
      presignedIn(entry.responseBody.text ?? '') ??
      entry.responseHeaders.find(([name]) => name.toLowerCase() === 'location')?.[1]
    if (url !== undefined)
      ctx.registry.add({ kind: 'presigned', owner: session.user.email, generation: 0, value: url })
  }
}

const presignedIn = (body: string) => /"(https?:\/\/[^"]+)"/.exec(body)?.[1]
