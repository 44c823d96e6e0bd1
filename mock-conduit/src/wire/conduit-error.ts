/** gRPC codes as far as the backend tells them apart on the wire. Source: HM/Rest/util.ts:110-129. */
export type GrpcCode =
  | 'INVALID_ARGUMENT'
  | 'NOT_FOUND'
  | 'ALREADY_EXISTS'
  | 'PERMISSION_DENIED'
  | 'FAILED_PRECONDITION'
  | 'UNAUTHENTICATED'
  | 'INTERNAL'
  | 'RATE_LIMIT'

interface WireError {
  status: number
  name: string
}

const internal: WireError = { status: 500, name: 'INTERNAL_SERVER_ERROR' }

/** What each code becomes over HTTP. 409 does not exist: case 6 is commented out upstream. */
const wireErrors: Record<GrpcCode, WireError> = {
  INVALID_ARGUMENT: { status: 400, name: 'INVALID_ARGUMENTS' },
  NOT_FOUND: { status: 404, name: 'NOT_FOUND' },
  ALREADY_EXISTS: internal,
  PERMISSION_DENIED: { status: 403, name: 'FORBIDDEN' },
  FAILED_PRECONDITION: internal,
  UNAUTHENTICATED: { status: 401, name: 'UNAUTHORIZED' },
  INTERNAL: internal,
  RATE_LIMIT: { status: 429, name: 'RATE_LIMIT' },
}

/** What a handler or route middleware throws; `wire/pipeline.ts` alone turns it into an answer. */
export class ConduitError extends Error {
  readonly code: GrpcCode
  readonly conduitCode: string | undefined

  constructor(code: GrpcCode, message: string, conduitCode?: string) {
    super(message)
    this.name = 'ConduitError'
    this.code = code
    this.conduitCode = conduitCode
  }
}

/** The JSON body and status of an error; anything that is no ConduitError is the backend's INTERNAL with its own message. */
export function toWireError(error: unknown): { status: number; body: Record<string, unknown> } {
  const known = error instanceof ConduitError ? error : undefined
  const { status, name } = known ? wireErrors[known.code] : internal
  const message = error instanceof Error && error.message ? error.message : 'Something went wrong'
  return {
    status,
    body: {
      name,
      status,
      message,
      ...(known?.conduitCode ? { conduitCode: known.conduitCode } : {}),
    },
  }
}
