import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { STORAGE_GET } from '../../instruments/journal-view.ts'
import { until } from '../../instruments/settle.ts'
import { isSuccess } from '../shared/answers.ts'
import { randomContent } from '../shared/content.ts'
import { openPreview } from '../shared/preview-of.ts'

const CLOSE_MS = 3000
/** Long enough for the end of a connection to be noticed, and shorter than any deadline. */
const NOTICE_MS = 1000
const REACH_MS = 10_000
const FILE = 4 * 1024 * 1024
const FIRST_PART = 65_536

export const preview07 = defineCheck({
  id: 'PREVIEW-07',
  title: 'When the browser goes away before the first byte, nothing is downloaded for it',
  level: 'MUST',
  profiles: ['preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['PREVIEW-06'],
  requirement: ['T-86', 'T-87'],
  source: [],
  mutants: ['late-storage-fetch', 'storage-headers-not-aborted'],
  usualCauses: [
    'the abort signal is handed over only once headers have come',
    'nobody looks whether the browser is still there between the two calls',
  ],
  async run(ctx) {
    await leftWhileResolving(ctx)
    await leftBeforeHeaders(ctx)
    const next = await (await ctx.signedIn()).call('preview')
    ctx.aftermath.require('a preview afterwards', isSuccess(next), {
      expected: '2xx',
      got: String(next.status),
    })
  },
})

/** Downloads are held after a first part, so that one which goes on cannot be taken for one which ended. */
async function leftWhileResolving(ctx: CheckContext): Promise<void> {
  const session = await ctx.signedIn()
  const resolving = await ctx.gate({
    operation: '* /storage/getFileUrl/*',
    user: session.user.id,
    at: 'answer',
  })
  const body = await ctx.gate({ operation: STORAGE_GET, at: 'body', afterBytes: FIRST_PART })
  const since = await ctx.mark()
  const open = await openPreview(ctx, session, {
    name: 'left-early.bin',
    bytes: randomContent(FILE, ctx.seed),
  })
  ctx.witness('getFileUrl is held upstream', await resolving.waiting(1, REACH_MS))
  open.abandon()
  await until(NOTICE_MS, async () => (await ctx.journal(since)).entries.every(isOver), 25)
  await resolving.release()
  await ctx.drain()
  ctx.expect(
    'downloads that go on for a browser that left while the file was looked up',
    [],
    await goingOn(ctx, since),
  )
  await body.release()
}

async function leftBeforeHeaders(ctx: CheckContext): Promise<void> {
  const session = await ctx.signedIn()
  const headers = await ctx.gate({ operation: STORAGE_GET, at: 'answer' })
  const since = await ctx.mark()
  const open = await openPreview(ctx, session, {
    name: 'left-before-headers.bin',
    bytes: randomContent(FILE, ctx.seed),
  })
  ctx.witness('the storage host holds its headers', await headers.waiting(1, REACH_MS))
  open.abandon()
  ctx.expect(
    'downloads that go on for a browser that left before the headers',
    [],
    await goingOn(ctx, since),
  )
  await headers.release()
  await ctx.drain()
  ctx.expect(
    'downloads that were finished for nobody',
    0,
    (await ctx.journal(since)).storage().filter(({ close }) => close === 'complete').length,
  )
}

const isOver = ({ close }: { close: string }) => close !== 'open'

/** Storage requests that are not closed in time. */
async function goingOn(ctx: CheckContext, since: number): Promise<string[]> {
  const storage = async () => (await ctx.journal(since)).storage()
  await until(CLOSE_MS, async () => (await storage()).every(isOver), 25)
  return (await storage())
    .filter(({ close }) => close !== 'client-aborted')
    .map(({ close, bytesWritten }) => `${close} after ${bytesWritten} bytes`)
}
