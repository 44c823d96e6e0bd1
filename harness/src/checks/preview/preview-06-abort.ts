import { defineCheck } from '../../check.ts'
import { STORAGE_GET } from '../../instruments/journal-view.ts'
import { until } from '../../instruments/settle.ts'
import { randomContent } from '../shared/content.ts'
import { openPreview } from '../shared/preview-of.ts'

const FIRST_PART = 1024 * 1024
const CLOSE_MS = 3000
/** Pieces that the storage host sends every few milliseconds, so that the rest of the file outlasts `CLOSE_MS`. */
const PIECE = 8 * 1024
/** Long enough for the end of a connection to be noticed by whoever watches it. */
const NOTICE_MS = 1000

export const preview06 = defineCheck({
  id: 'PREVIEW-06',
  title: 'When the browser goes away, the download from storage stops',
  level: 'MUST',
  profiles: ['core', 'preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['PREVIEW-04'],
  requirement: ['T-20', 'T-84', 'T-85', 'T-86', 'T-87', 'T-88'],
  source: [],
  mutants: ['abort-not-propagated'],
  usualCauses: [
    'the upstream request gets no abort signal',
    'pipe() is used, which does not destroy the source',
    'a timer or a buffer keeps reading after the client closed',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const gate = await ctx.gate({
      operation: STORAGE_GET,
      at: 'body',
      afterBytes: FIRST_PART,
      times: 1,
    })
    const dripping = await ctx.fault({
      operation: STORAGE_GET,
      times: 1,
      effect: { socket: 'drip', chunkBytes: PIECE },
    })
    const since = await ctx.mark()
    const open = await openPreview(ctx, session, {
      name: 'abandoned.bin',
      bytes: randomContent(8 * FIRST_PART, ctx.seed),
    })
    const storage = async () => (await ctx.journal(since)).storage().at(-1)
    await until(10_000, async () => open.received() > 0 && (await gate.now()) > 0)
    const before = await storage()
    ctx.witness(
      'the preview is half way: bytes at the client, storage still sending',
      open.received() > 0 && !open.isDone() && before?.close === 'open',
    )
    open.abandon()
    const isClosed = async () => (await storage())?.close !== 'open'
    await until(NOTICE_MS, isClosed, 25)
    // A thread that waits for bytes of the storage host meets the end of the other connection when it writes.
    if (!(await isClosed())) await gate.release()
    await until(CLOSE_MS, isClosed, 25)
    const closed = await storage()
    ctx.expect(
      `the connection to storage ${CLOSE_MS} ms after the client left`,
      'client-aborted',
      closed?.close,
    )
    await gate.release()
    await dripping.remove()
    await ctx.drain()
    const after = await storage()
    ctx.expect(
      'bytes written after that',
      0,
      (after?.bytesWritten ?? 0) - (closed?.bytesWritten ?? 0),
    )
    const next = await session.call('list')
    ctx.aftermath.require('list afterwards', next.status < 400 && next.failure === undefined, {
      expected: '2xx',
      got: String(next.status),
    })
  },
})
