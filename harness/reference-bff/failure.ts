/** What a failure tells the browser beside its status. */
export interface FailureDetails {
  /** The session is over: its cookie is expired by the answer. */
  endsSession?: boolean
  /** Seconds, as the backend gave them. */
  retryAfter?: string | undefined
  /** `Content-Range` of a 416. */
  contentRange?: string | undefined
  cause?: unknown
}

/** The only error whose status and code reach the browser; every other one is a bare 500. */
export class BffFailure extends Error {
  override readonly name = 'BffFailure'
  readonly status: number
  readonly code: string
  readonly details: FailureDetails
  constructor(status: number, code: string, details: FailureDetails = {}) {
    super(code, { cause: details.cause })
    this.status = status
    this.code = code
    this.details = details
  }
}

/** No session, or one that has ended. */
export const sessionOver = (): BffFailure =>
  new BffFailure(401, 'not_signed_in', { endsSession: true })

/** The backend, the storage host or the vault cannot be reached or makes no sense; the session is kept. */
export const unavailable = (status: 502 | 503 | 504, code: string, cause?: unknown): BffFailure =>
  new BffFailure(status, code, { cause })

/** `Retry-After` of an answer, when it is a number of seconds. */
export function retryAfterOf(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): string | undefined {
  const value = headers['retry-after']
  return typeof value === 'string' && /^\d{1,6}$/.test(value) ? value : undefined
}
