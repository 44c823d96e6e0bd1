/** An answer that is not the wanted one: a status and one word. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  constructor(status: number, word: string, options?: ErrorOptions) {
    super(word, options)
    this.status = status
  }
}

/** The session is over for good. */
export const signedOut = (): Problem => new Problem(401, 'signed-out')
