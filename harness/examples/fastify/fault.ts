/** Ends a request with a status and a code of our own. `sessionOver`: the cookie is cleared. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly statusCode: number
  readonly code: string
  readonly sessionOver: boolean
  constructor(statusCode: number, code: string, sessionOver = false) {
    super(code)
    this.statusCode = statusCode
    this.code = code
    this.sessionOver = sessionOver
  }
}

export const sessionOver = (): Fault => new Fault(401, 'SESSION_OVER', true)
