import { BffFailure } from './failure.ts'
import type { Services } from './services.ts'

/** Decides whether a request comes from the application's own pages. */
export interface RequestGuard {
  /** Throws 403 for a request of another site or without the proof that is asked for, 415 for a body that a form of another site could send. */
  check(request: Request): void
}

const JSON_TYPE = /^application\/json\s*(;|$)/i
/** Paths that take something else. */
const TAKEN: Readonly<Record<string, RegExp>> = { '/api/files': /^multipart\/form-data\s*;/i }
const SAFE = ['GET', 'HEAD', 'OPTIONS']

/**
 * Fetch Metadata where the browser sends it, `Origin` otherwise, refusal when an unsafe request has neither.
 * Reads are guarded as well, for a preview must not be embedded by others.
 */
export function createRequestGuard({ settings }: Pick<Services, 'settings'>): RequestGuard {
  return {
    check({ headers, method, url }) {
      const site = headers.get('sec-fetch-site')
      const origin = headers.get('origin')
      const own = settings.appOrigin ?? new URL(url).origin
      const foreign = () => new BffFailure(403, 'foreign_site')
      if (site === 'cross-site' || site === 'same-site') throw foreign()
      if (origin !== null && origin !== own) throw foreign()
      if (SAFE.includes(method)) return
      if (site !== 'same-origin' && origin === null) throw foreign()
      const { csrfHeader } = settings
      if (csrfHeader !== undefined && headers.get(csrfHeader) !== '1')
        throw new BffFailure(403, 'proof_missing')
      const type = headers.get('content-type')
      const hasBody = headers.get('content-length') !== '0' && type !== null
      if (hasBody && !(TAKEN[new URL(url).pathname] ?? JSON_TYPE).test(type))
        throw new BffFailure(415, 'unsupported_type')
    },
  }
}
