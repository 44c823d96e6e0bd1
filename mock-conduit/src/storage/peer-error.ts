/**
 * An error that came from another module. Storage's own `try` blocks rethrow its message with the client library's
 * prefix; elsewhere the bare text crosses. Source: SDK/classes/ConduitModule.ts:11, ST/handlers/file.ts:142-147.
 */
export class PeerError extends Error {
  readonly method: string

  constructor(method: string, text: string) {
    super(text)
    this.name = 'PeerError'
    this.method = method
  }
}

/** What one of the storage handlers' `try` blocks makes of an error: INTERNAL (500) with its message. */
export async function asInternal<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new Error(rethrownText(error), { cause: error })
  }
}

function rethrownText(error: unknown): string {
  if (error instanceof PeerError) return `/${error.method} INTERNAL: ${error.message}`
  return error instanceof Error ? error.message : 'Something went wrong'
}

/** Runs a call to another module; what it throws is a PeerError. */
export function asPeer<T>(method: string, call: () => T): T {
  try {
    return call()
  } catch (error) {
    throw new PeerError(method, error instanceof Error ? error.message : String(error))
  }
}
