/** What can go wrong, as the browser may know it. */
export type AppErrorCode =
  | 'NOT_AUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_REQUEST'
  | 'CONFLICT'
  | 'TOO_LARGE'
  | 'UNSUPPORTED_TYPE'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'BAD_GATEWAY'
  | 'TIMEOUT'

const statuses: Record<AppErrorCode, number> = {
  NOT_AUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BAD_REQUEST: 400,
  CONFLICT: 409,
  TOO_LARGE: 413,
  UNSUPPORTED_TYPE: 415,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  BAD_GATEWAY: 502,
  TIMEOUT: 504,
}

/** The one error that reaches the browser: a code and a sentence of our own, never the backend's. */
export class AppError extends Error {
  readonly code: AppErrorCode
  /** The session is over: its cookie is to be cleared. */
  readonly endsSession: boolean

  constructor(
    code: AppErrorCode,
    message: string,
    options: { endsSession?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.endsSession = options.endsSession ?? false
  }

  get status(): number {
    return statuses[this.code]
  }
}
