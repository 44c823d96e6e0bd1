import type { BrowserContext, Page } from 'playwright-core'
import type { Canary, CanaryKind, CanaryRegistry } from '../canary-registry.ts'

/** A piece of the snapshot is searched together with the end of the one before, so that a secret on the seam is whole. */
const SEAM = 4096

/** Searches the JavaScript heap of a page for secrets; the snapshot (tens of megabytes) is read as it comes and not kept. Gives also how many characters were searched. */
export async function searchHeap(
  context: BrowserContext,
  page: Page,
  { registry, kinds }: { registry: CanaryRegistry; kinds: readonly CanaryKind[] },
): Promise<{ found: Canary[]; searched: number }> {
  const session = await context.newCDPSession(page)
  const found = new Set<Canary>()
  let searched = 0
  let seam = ''
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
    searched += chunk.length
    const text = seam + chunk
    for (const { subject } of registry.index.search(text))
      if (kinds.includes(subject.kind)) found.add(subject)
    seam = text.slice(-SEAM)
  })
  try {
    await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  } finally {
    await session.detach().catch(() => undefined)
  }
  return { found: [...found], searched }
}
