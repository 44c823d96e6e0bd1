/** A refusal of the control API: a status, a stable code and a sentence that says what to do. */
export class ControlError extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.name = 'ControlError'
    this.status = status
    this.code = code
  }
}

/** What `work` makes of the caller's data; its complaint about them becomes a 400. */
export function accepted<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof ControlError) throw error
    throw new ControlError(400, 'REFUSED', error instanceof Error ? error.message : String(error))
  }
}
