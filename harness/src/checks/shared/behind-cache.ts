import type { CheckContext } from '../../context.ts'
import { createBrowser } from '../../instruments/browser.ts'
import { openSharedCache } from '../../instruments/shared-cache.ts'
import { createSession, type Session } from '../../session.ts'

/** Runs something with a shared cache in front of the first instance; `through` gives a session, cookies and all, whose requests go by way of the cache. */
export async function behindSharedCache(
  ctx: CheckContext,
  act: (through: (session: Session) => Session) => Promise<void>,
): Promise<void> {
  const { site, target } = ctx
  const [base = ''] = site.instances
  const cache = await openSharedCache(base, site.deadlineMs)
  const inFront = {
    ...site,
    origin: site.origin ?? new URL(base).origin,
    instances: [cache.url],
  }
  const record = (exchange: Parameters<typeof ctx.recorder.record>[0]) => {
    ctx.recorder.record(exchange)
  }
  try {
    await act((session) =>
      createSession(target, session.user, createBrowser(inFront, record, session.browser.jar)),
    )
  } finally {
    await cache.stop()
  }
}
