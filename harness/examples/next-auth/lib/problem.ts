/** An answer in our own words. `over`: the session has ended, and its cookie is cleared. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly over: boolean
  constructor(status: number, word: string, over = false) {
    super(word)
    this.status = status
    this.over = over
  }
}

export const signedOut = (): Problem => new Problem(401, 'signed-out', true)
