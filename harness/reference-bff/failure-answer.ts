import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { BffFailure } from './failure.ts'
import type { BffContext, Services } from './services.ts'

/** Turns what a handler threw into an answer. */
export type FailureAnswer = (error: unknown, c: BffContext) => Response

/** `{ error: code }` and nothing else: no message, no stack, no word of the backend's. */
export function createFailureAnswer({ sessions }: Pick<Services, 'sessions'>): FailureAnswer {
  return (error, c) => {
    if (!(error instanceof BffFailure)) return c.json({ error: 'internal' }, 500)
    const { endsSession, retryAfter, contentRange } = error.details
    if (endsSession) c.header('set-cookie', sessions.expiredCookie())
    if (retryAfter !== undefined) c.header('retry-after', retryAfter)
    if (contentRange !== undefined) c.header('content-range', contentRange)
    return c.json({ error: error.code }, error.status as ContentfulStatusCode)
  }
}
