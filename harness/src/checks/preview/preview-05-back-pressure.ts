import { createHash } from 'node:crypto'
import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { readKernelQueues } from '../../instruments/kernel-queues.ts'
import { steady, until } from '../../instruments/settle.ts'
import { isSuccess } from '../shared/answers.ts'

const MIB = 1024 * 1024
const SIZE = 256 * MIB
const READ_FIRST = 64 * 1024
const MOST_HELD = 32 * MIB
/** What two connections of a machine whose kernel does not tell may hold. */
const UNSEEN_BUFFERS = 32 * MIB
const BLOCKED_FOR_MS = 1000
/** Longer than what a whole answer of an API may take: a browser that is slow all the while still gets its file. */
const SLOW_FOR_MS = 11_000
const A_PIECE_EVERY_MS = 1000
const LIMIT_MS = 120_000

export const preview05 = defineCheck({
  id: 'PREVIEW-05',
  title: 'A browser that stops reading stops the download from storage',
  level: 'MUST',
  profiles: ['preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['PREVIEW-04'],
  requirement: ['T-84', 'back-pressure'],
  source: ['kernels buffer several MiB per connection; what waits there is not counted'],
  mutants: ['push-without-backpressure', 'deadline-over-whole-download'],
  usualCauses: [
    'chunks are written on every data event, whatever write() returns',
    'the file is read into memory first',
    'a TransformStream or queue has no high-water mark',
    'a time-out of the HTTP client or server counts the whole download: slow browsers get a part of it',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const { file, documentId } = await ctx.backend.addGeneratedFile(
      session.user,
      'larger-than-memory.bin',
      { bytes: SIZE, seed: ctx.seed },
    )
    const hash = createHash('sha256')
    let read = 0
    const since = await ctx.mark()
    const open = await session.open('preview', {
      values: { id: documentId ?? file.id, 'file.id': file.id, 'file.name': file.name },
      without: ['accept-encoding'],
      deadlineMs: LIMIT_MS,
      take(chunk) {
        hash.update(chunk)
        read += chunk.length
        if (read >= wanted && !resumed) open.pause()
      },
    })
    const begun = performance.now()
    let wanted = READ_FIRST
    let resumed = false
    const storage = async () => (await ctx.journal(since)).storage().at(-1)
    await until(10_000, () => read >= READ_FIRST || open.isDone())
    ctx.witness(
      'the client has read the beginning and stopped',
      read >= READ_FIRST && !open.isDone(),
    )
    await steady(async () => (await storage())?.bytesWritten ?? 0, {
      forMs: BLOCKED_FOR_MS,
      maxMs: 60_000,
      enough: async () => (await storage())?.close !== 'open',
    })
    const written = (await storage())?.bytesWritten ?? 0
    const { waiting, allowed } = await onTheWay(ctx)
    const held = written - waiting - read
    ctx.require('bytes that the BFF took while nobody read', held <= MOST_HELD + allowed, {
      expected: `at most ${(MOST_HELD + allowed) / MIB} MiB`,
      got: `${(held / MIB).toFixed(1)} MiB of ${SIZE / MIB}`,
    })
    while (performance.now() - begun < SLOW_FOR_MS && !open.isDone()) {
      wanted = read + READ_FIRST
      open.resume()
      await until(A_PIECE_EVERY_MS, () => open.isDone())
    }
    resumed = true
    open.resume()
    const answer = await open.done
    ctx.require('the whole preview afterwards', isSuccess(answer) && read === SIZE, {
      expected: `2xx with ${SIZE} bytes, also for a browser that reads slowly for ${SLOW_FOR_MS / 1000} s`,
      got: `${statusText(answer)} with ${read} bytes`,
    })
    ctx.expect('SHA-256 of the preview', await digestAtStorage(ctx, since), hash.digest('hex'))
  },
})

/** Bytes that left the storage host, or the BFF, and wait in the kernel for their reader. */
async function onTheWay({
  backend,
  site,
}: CheckContext): Promise<{ waiting: number; allowed: number }> {
  const queued = await readKernelQueues()
  if (queued === undefined) return { waiting: 0, allowed: UNSEEN_BUFFERS }
  const ports = [backend.storageUrl, site.instances[0] ?? ''].map((url) =>
    Number(new URL(url).port),
  )
  return { waiting: ports.reduce((sum, port) => sum + queued(port), 0), allowed: 0 }
}

/** Of the same file, fetched with the URL that the BFF was given. */
async function digestAtStorage(ctx: CheckContext, since: number): Promise<string> {
  const base = ctx.backend.storageUrl
  const path = (await ctx.journal(since)).storage().at(-1)?.path ?? '/'
  const answer = await fetch(new URL(path, base))
  const hash = createHash('sha256')
  for await (const chunk of answer.body ?? []) hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}
